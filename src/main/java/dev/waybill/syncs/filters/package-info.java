/** Which files of a source a sync takes. Values and rules alone: nothing here asks anybody. */
@NullMarked
package dev.waybill.syncs.filters;

import org.jspecify.annotations.NullMarked;
