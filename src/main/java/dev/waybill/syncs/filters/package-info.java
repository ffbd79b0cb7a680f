/** File filters: which files of a source a sync selects. Pure functions, no I/O. */
@NullMarked
package dev.waybill.syncs.filters;

import org.jspecify.annotations.NullMarked;
