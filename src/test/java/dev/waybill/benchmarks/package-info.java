/** Programs that measure; they are no tests and run by hand. */
@NullMarked
package dev.waybill.benchmarks;

import org.jspecify.annotations.NullMarked;
