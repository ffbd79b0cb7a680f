/**
 * The HTTP API for objects: create, change, list, get and delete. A request is validated as a whole and its blobs are
 * ingested before {@code ObjectWriter} writes; what is not written leaves no bytes behind. Begin with {@code
 * ObjectController}, then {@code ObjectCreation} and {@code ObjectEditing}.
 */
@NullMarked
package dev.waybill.objects.requests;

import org.jspecify.annotations.NullMarked;
