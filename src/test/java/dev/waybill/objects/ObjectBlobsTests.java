package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.NOON;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.inline;
import static dev.waybill.objects.ObjectFixtures.photo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.blobs.Blob;
import dev.waybill.blobs.BlobOwner;
import dev.waybill.blobs.BlobOwnerContract;
import dev.waybill.objects.ObjectRow.Kind;
import dev.waybill.platform.mongo.WriteOutcome;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class ObjectBlobsTests extends BlobOwnerContract {

    private final ObjectsDatabase database;
    private final ObjectStore store;

    ObjectBlobsTests(Databases where) {
        database = new ObjectsDatabase(where);
        store = new MongoObjectStore(database.template(), null, new MovedClock("2026-11-21T12:00:00Z"));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void listsAllKeysOfObjectsAndFilesAndNoneOfMarkers() {
        String partition = partition("a");
        insert(Kind.OBJECT, partition, id(1), at(1), inline("a text"), at(2));
        insert(Kind.FILE, partition, id(2), at(3));
        ObjectRow marker = row(Kind.OBJECT, partition, id(3), at(4))
                .toMarker(Kind.INTO, new ObjectRow.Existing(new ObjectId(id(1)), null, 1), NOON);
        assertThat(store.insertAll(List.of(marker))).containsExactly(WriteOutcome.DONE);

        assertThat(owner().page(partition, null, 2))
                .containsExactly(
                        new BlobOwner.Named(id(1), key(partition, 1)),
                        new BlobOwner.Named(id(1), key(partition, 2)),
                        new BlobOwner.Named(id(2), key(partition, 3)));
        assertThat(owner().page(partition, id(2), 2)).isEmpty();
        assertThat(owner().owned(partition, List.of(key(partition, 4)))).containsExactly(key(partition, 4));
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
        return "obj_" + number;
    }

    @Override
    protected void row(String partition, String id, ObjectKey key) {
        insert(Kind.OBJECT, partition, id, at(key));
    }

    @Override
    protected void rowWithout(String partition, String id) {
        insert(Kind.OBJECT, partition, id, inline("a text"));
    }

    private void insert(Kind kind, String partition, String id, Blob... blobs) {
        assertThat(store.insertAll(List.of(row(kind, partition, id, blobs)))).containsExactly(WriteOutcome.DONE);
    }

    private static ObjectRow row(Kind kind, String partition, String id, Blob... blobs) {
        Scope scope = new Scope(new OrganizationId("org_acme"), new NamespaceId(partition));
        BucketObject object = ObjectFixtures.object(scope, PHOTOS, id, List.of(blobs), Map.of(), NOON);
        return ObjectRow.content(kind, object, List.of(id), id, null);
    }

    private Blob at(int number) {
        return at(key(partition("a"), number));
    }

    private static Blob at(ObjectKey key) {
        Blob photo = photo("1", 100);
        return new Blob(
                photo.id(),
                photo.property(),
                photo.type(),
                photo.keyPrefix(),
                key,
                photo.inline(),
                photo.filename(),
                photo.sizeBytes(),
                photo.mimeType(),
                photo.etag(),
                photo.storedEtag(),
                photo.sha256(),
                photo.md5(),
                photo.url(),
                photo.metadata(),
                null);
    }
}
