/**
 * The settings of syncs: of one sync, and the operator's properties for all; modes, triggers, and when the next run
 * is due. Settings that were accepted are complete and fit their bucket and connection; nothing here is stored or
 * run. Begin with {@code Settings}, then {@code SyncSettings}, which creates them from a {@code NewSync} or a {@code
 * SyncChange}.
 */
@NullMarked
package dev.waybill.syncs.settings;

import org.jspecify.annotations.NullMarked;
