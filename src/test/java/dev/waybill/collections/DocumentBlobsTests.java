package dev.waybill.collections;

import dev.waybill.blobs.BlobOwner;
import dev.waybill.blobs.BlobOwnerContract;
import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.storage.InMemoryObjectStorage;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

@OnEveryDatabase
class DocumentBlobsTests extends BlobOwnerContract {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final TestMongo mongo;
    private final ExtractedDocumentStore store;

    DocumentBlobsTests(Databases where) {
        mongo = new TestMongo(where, ExtractedDocumentEntity.class);
        store = new ExtractedDocumentStore(mongo.template(), mongo.pages(), new InMemoryObjectStorage());
    }

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Override
    protected BlobOwner owner() {
        return store;
    }

    @Override
    protected String partition(String name) {
        return "ns_" + name;
    }

    @Override
    protected String id(int number) {
        return "doc_" + number;
    }

    @Override
    protected void row(String partition, String id, ObjectKey key) {
        insert(partition, id, List.of(key));
    }

    @Override
    protected void rowWithout(String partition, String id) {
        insert(partition, id, List.of());
    }

    private void insert(String partition, String id, List<ObjectKey> files) {
        store.replaceAll(List.of(new ExtractedDocument(
                new DocumentId(id),
                new Scope(new OrganizationId("org_acme"), new NamespaceId(partition)),
                new BucketId("bkt_1"),
                null,
                new ObjectId("obj_1"),
                "blob_1",
                "text_extractor_v1",
                0,
                "bat_1",
                Map.of(),
                files,
                NOON)));
    }
}
