@NullMarked
package dev.waybill.namespaces;

import org.jspecify.annotations.NullMarked;
