package dev.waybill.objects;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Notes of bytes that may belong to no object, one for each key. */
@Component
class LooseBytesStore {

    private final MongoOperations mongo;

    LooseBytesStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Notes the keys, or moves the notes that are there; durable when this returns. */
    void note(Scope scope, Collection<ObjectKey> keys, Instant dueAt) {
        if (keys.isEmpty()) {
            return;
        }
        BulkOperations bulk = mongo.bulkOps(BulkMode.UNORDERED, LooseBytesDocument.class);
        for (ObjectKey key : keys) {
            bulk.upsert(
                    query(where("_id").is(id(scope, key))),
                    new Update()
                            .setOnInsert("namespaceId", scope.namespace().value())
                            .setOnInsert("organizationId", scope.organization().value())
                            .setOnInsert("storageKey", key.value())
                            .setOnInsert("removing", false)
                            .set("dueAt", dueAt)
                            .inc("times", 1));
        }
        bulk.execute();
    }

    /** Whether bytes of that key are being removed just now. */
    boolean isBeingRemoved(Scope scope, ObjectKey key) {
        return mongo.exists(
                query(where("_id").is(id(scope, key)).and("removing").is(true)), LooseBytesDocument.class);
    }

    /** Begins to remove bytes, and tells the note as it is now; empty when it is gone, because an object has them. */
    Optional<LooseBytesDocument> beginRemoval(Scope scope, ObjectKey key) {
        return Optional.ofNullable(mongo.findAndModify(
                query(where("_id").is(id(scope, key))),
                new Update().set("removing", true),
                FindAndModifyOptions.options().returnNew(true),
                LooseBytesDocument.class));
    }

    /** Drops the note that was made once, unless somebody began to remove the bytes or noted them again since. */
    boolean keep(Scope scope, ObjectKey key) {
        Criteria idle = where("_id")
                .is(id(scope, key))
                .and("removing")
                .is(false)
                .and("times")
                .is(1);
        return mongo.remove(query(idle), LooseBytesDocument.class).getDeletedCount() == 1;
    }

    /** Drops the notes; one that was noted again since stays, as its bytes lost an owner meanwhile. */
    void forget(Collection<LooseBytesDocument> settled) {
        BulkOperations bulk = mongo.bulkOps(BulkMode.UNORDERED, LooseBytesDocument.class);
        settled.forEach(note ->
                bulk.remove(query(where("_id").is(note.key()).and("times").is(note.times()))));
        bulk.execute();
    }

    /** Notes that are due, of all tenants, for the periodic job. */
    List<LooseBytesDocument> due(Instant now, int max) {
        Query due = query(where("dueAt").lte(now)).with(Sort.by("dueAt")).limit(max);
        return mongo.find(due, LooseBytesDocument.class);
    }

    private static String id(Scope scope, ObjectKey key) {
        return scope.key(key.value());
    }
}
