@NullMarked
package dev.waybill.buckets;

import org.jspecify.annotations.NullMarked;
