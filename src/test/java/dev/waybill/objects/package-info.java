/** Tests of bucket objects. */
@NullMarked
package dev.waybill.objects;

import org.jspecify.annotations.NullMarked;
