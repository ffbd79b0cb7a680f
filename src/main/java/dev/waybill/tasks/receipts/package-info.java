/**
 * The HTTP API for tasks: the receipt of one, lists of them, and canceling. A key sees the tasks of its own
 * organization only, and of these only those within the namespaces and buckets that its scopes allow. Begin with
 * {@code TaskController}; {@code TaskVisibility} decides who sees what.
 */
@NullMarked
package dev.waybill.tasks.receipts;

import org.jspecify.annotations.NullMarked;
