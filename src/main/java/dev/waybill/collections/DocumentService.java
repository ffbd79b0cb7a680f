package dev.waybill.collections;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Permission;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.Objects;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.Scope;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Use cases of the HTTP API for documents. */
@Component
class DocumentService {

    private final ExtractedDocumentStore store;
    private final Objects objects;
    private final CollectionAccess access;

    DocumentService(ExtractedDocumentStore store, Objects objects, CollectionAccess access) {
        this.store = store;
        this.objects = objects;
        this.access = access;
    }

    Page<ExtractedDocument> list(DocumentCollection collection, ListQuery query) {
        return store.page(collection.scope(), collection.id(), query, ListDocumentsRequest.FIELDS);
    }

    Optional<ExtractedDocument> find(DocumentCollection collection, DocumentId id) {
        return store.find(collection.scope(), collection.id(), id);
    }

    /** An object in a bucket that the key reaches. */
    BucketObject object(Caller caller, Scope scope, ObjectId id) {
        BucketObject object =
                objects.find(scope, id).orElseThrow(() -> WaybillException.notFound("object", id.value()));
        access.require(caller, Permission.READ, scope, object.bucket().value());
        return object;
    }

    /**
     * A page of what was made of an object. A key that is narrowed to some collections sees theirs only.
     *
     * @param collections none for all that the key reaches
     */
    Page<ExtractedDocument> list(Caller caller, BucketObject object, List<CollectionId> collections, ListQuery query) {
        Filter bounds = access.bounds(caller, object.scope(), object.bucket());
        ListQuery within = query.withFilter(new Filter.And(List.of(query.filter(), bounds)));
        return store.page(object.scope(), object.id(), collections, within, ListDocumentsRequest.FIELDS);
    }
}
