/**
 * Runs of syncs and the ledger behind them: a source is listed, new and changed files are copied and become objects,
 * and each file's row records its outcome. Only the worker with the highest fencing token writes, a checkpoint never
 * passes an unfinished file, and a repeated step leads to the same object and row. Begin with {@code SyncTask}, then
 * {@code PageWalk} and {@code FileProcessor}; {@code SyncService} and {@code SyncHistory} serve the HTTP API.
 */
@NullMarked
package dev.waybill.syncs.runs;

import org.jspecify.annotations.NullMarked;
