/** Whether bytes that were copied are those of the source. */
@NullMarked
package dev.waybill.syncs.integrity;

import org.jspecify.annotations.NullMarked;
