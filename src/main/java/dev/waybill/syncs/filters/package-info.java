/**
 * Filters of a sync: which files of a source are taken. Pure values and rules, without I/O; the first filter that
 * rejects a file is the reason in its ledger row. Begin with {@code FileFilters} and {@code FilterReader}.
 */
@NullMarked
package dev.waybill.syncs.filters;

import org.jspecify.annotations.NullMarked;
