/** Schema mapping: maps files to objects of a bucket's schema. Pure functions, no I/O. */
@NullMarked
package dev.waybill.syncs.mapping;

import org.jspecify.annotations.NullMarked;
