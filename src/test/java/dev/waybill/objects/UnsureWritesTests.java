package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.bucket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Plan;
import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.SchemaField;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FailureTranslator;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.events.RememberedEvents;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.mongo.MongoIndexes;
import dev.waybill.platform.storage.InMemoryObjectStorage;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.platform.web.Change;
import dev.waybill.quotas.NoQuotas;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Creating, updating and deleting objects when the store answers late, never, or fails for a while. */
@OnEveryDatabase
class UnsureWritesTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Bucket BUCKET = bucket(
            ACME,
            PHOTOS,
            new BucketSchema(
                    Map.of("words", new SchemaField(FieldType.TEXT, null, null, null, null, null, null, null))));
    private static final Caller CALLER =
            new Caller(ACME.organization(), "usr_1", "key_1", Set.of(), List.of(), Plan.FREE, null, false);

    private final ObjectsDatabase database;
    private final MovedClock clock = new MovedClock("2026-11-21T12:00:00Z");
    private final InMemoryObjectStorage storage = new InMemoryObjectStorage();
    private final RememberedEvents published = new RememberedEvents();
    private final List<ObjectId> cleaned = new ArrayList<>();
    private final Map<String, Runnable> at = new HashMap<>();
    private final StaticListableBeanFactory none = new StaticListableBeanFactory();

    private ObjectStore plain;
    private UnsureObjectStore unsure;
    private BatchedDeletes deletes;
    private ObjectWalk walk;
    private ObjectUpdates updates;
    private ObjectCreation creation;

    private static final class Death extends Error {}

    UnsureWritesTests(Databases where) {
        database = new ObjectsDatabase(where);
    }

    @BeforeEach
    void open() {
        plain = new MongoObjectStore(database.template(), null, clock);
        unsure = new UnsureObjectStore(plain);
        ObjectStore store = unsure.store();
        ObjectProperties properties = new ObjectProperties(HOUR, DataSize.ofBytes(1), 8);
        IdGenerator ids = new IdGenerator(clock);
        deletes = new BatchedDeletes(storage);
        ObjectEvents events = new ObjectEvents(published);
        BlobIngestion blobIngestion =
                new BlobIngestion(NoQuotas.create(), null, null, storage, null, deletes, ids, this::reach);
        DraftReader reader = new DraftReader(new JsonMapper(), properties);
        List<DerivedDataCleanup> cleanups = List.of((scope, objects) -> cleaned.addAll(objects));
        RowUpdates changes = new RowUpdates(store, NoQuotas.create(), deletes, events, clock, this::reach);
        updates = new ObjectUpdates(
                store, changes, null, reader, blobIngestion, deletes, cleanups, events, clock, this::reach);
        QuotaCheckedInserts admission = new QuotaCheckedInserts(store, NoQuotas.create());
        ObjectWriter writer = new ObjectWriter(
                store, admission, updates, none.getBeanProvider(MongoIndexes.class), clock, this::reach);
        creation = new ObjectCreation(
                store,
                reader,
                blobIngestion,
                writer,
                updates,
                events,
                ids,
                clock,
                none.getBeanProvider(FailureTranslator.class),
                this::reach,
                properties);
        walk = new ObjectWalk(
                plain,
                new ObjectWalkStore(database.template()),
                buckets -> Set.of(),
                null,
                cleanups,
                new NoUploads(),
                bucket -> {},
                published,
                clock);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void aChangeAppliedLateIsMadeAndPublishedOnce() {
        ObjectId id = made("old");
        unsure.loseAnAnswer();

        BucketObject changed = updates.patch(CALLER, BUCKET, id.value(), prefixed("/a"), new IfMatch("\"1\""));

        assertThat(changed.version()).isEqualTo(2);
        assertThat(plain.find(ACME, id).orElseThrow().version()).isEqualTo(2);
        assertThat(published.all()).containsExactlyElementsOf(latestOf(id));
        assertThat(published.all()).extracting(PublicEvent::eventType).containsExactly("object.updated");
        assertNothingElseIsPublishedLater();
    }

    @Test
    void aDeletionAppliedLateIsAnsweredAndPublishedOnce() {
        ObjectId id = made("old");
        unsure.loseAnAnswer();

        updates.remove(BUCKET, id.value(), new IfMatch("\"1\""));

        assertThat(plain.find(ACME, id)).isEmpty();
        assertThat(published.all()).extracting(PublicEvent::eventType).containsExactly("object.deleted");
        assertThat(cleaned).containsExactly(id);
        assertThat(keys()).isEmpty();
        assertNothingElseIsPublishedLater();
    }

    @Test
    void theBytesOfAChangeWithUnknownOutcomeStay() {
        ObjectId id = made("old");
        unsure.answerNoMore();

        assertThatThrownBy(() -> updates.replace(CALLER, BUCKET, id.value(), words("new"), IfMatch.ANY))
                .isInstanceOf(UnknownResultException.class)
                .hasMessageContaining("not known");

        unsure.answerAgain();
        assertThat(Blob.keys(plain.find(ACME, id).orElseThrow().blobs()))
                .hasSize(1)
                .isSubsetOf(keys());
        assertThat(published.all()).isEmpty();
        later();
        assertThat(published.all()).extracting(PublicEvent::eventType).containsExactly("object.updated");
        assertNothingElseIsPublishedLater();
    }

    @Test
    void theBytesOfAnObjectWithUnknownOutcomeStay() {
        unsure.answerNoMore();

        assertThatThrownBy(() -> creation.create(CALLER, BUCKET, request("new"), null))
                .isInstanceOf(UnknownResultException.class)
                .hasMessageContaining("not known");

        unsure.answerAgain();
        assertThat(keys()).hasSize(1);
        assertThat(published.all()).isEmpty();
        later();
        assertThat(published.all()).extracting(PublicEvent::eventType).containsExactly("object.created");
        ObjectId id = new ObjectId(published.all().getFirst().subject().id());
        assertThat(Blob.keys(plain.find(ACME, id).orElseThrow().blobs())).isEqualTo(keys());
    }

    @Test
    void theBytesOfARefusedChangeAreRemoved() {
        ObjectId id = made("old");
        List<ObjectKey> before = keys();
        at.put("object.blob-stored", () -> patched(id));

        assertThatThrownBy(() -> updates.replace(CALLER, BUCKET, id.value(), words("new"), new IfMatch("\"1\"")))
                .isInstanceOf(WaybillException.class)
                .extracting("code")
                .isEqualTo(ErrorCode.PRECONDITION_FAILED);

        assertThat(keys()).isEqualTo(before);
    }

    @Test
    void aRefusedDeletionLeavesTheDerivedData() {
        ObjectId id = made("old");
        at.put("delete.begun", () -> patched(id));

        assertThatThrownBy(() -> updates.remove(BUCKET, id.value(), new IfMatch("\"1\"")))
                .isInstanceOf(WaybillException.class)
                .extracting("code")
                .isEqualTo(ErrorCode.PRECONDITION_FAILED);

        assertThat(cleaned).isEmpty();
        assertThat(plain.find(ACME, id)).isPresent();
    }

    @Test
    void theWalkCompletesAnInterruptedDeletion() {
        ObjectId id = made("old");
        at.put("delete.removed", () -> {
            throw new Death();
        });
        assertThatThrownBy(() -> updates.remove(BUCKET, id.value(), new IfMatch("\"1\"")))
                .isInstanceOf(Death.class);
        assertThat(cleaned).isEmpty();

        assertThatThrownBy(() -> updates.remove(BUCKET, id.value(), IfMatch.ANY))
                .isInstanceOf(WaybillException.class)
                .extracting("code")
                .isEqualTo(ErrorCode.NOT_FOUND);

        assertThat(published.all()).isEmpty();
        later();
        assertThat(cleaned).containsExactly(id);
        assertThat(published.all()).extracting(PublicEvent::eventType).containsExactly("object.deleted");
        assertThat(keys()).hasSize(1);
        new GarbageCollection(plain, storage).run();
        assertThat(keys()).isEmpty();
    }

    private ObjectId made(String words) {
        ObjectId id =
                creation.create(CALLER, BUCKET, request(words), null).object().id();
        published.clear();
        return id;
    }

    private List<PublicEvent> latestOf(ObjectId id) {
        return ObjectEvents.latest(plain.row(ACME, id).orElseThrow()).stream().toList();
    }

    private void patched(ObjectId id) {
        updates.patch(CALLER, BUCKET, id.value(), prefixed("/other"), IfMatch.ANY);
    }

    private static PatchObjectRequest prefixed(String prefix) {
        return new PatchObjectRequest(Change.to(prefix), null, null, null);
    }

    private static UpdateObjectRequest words(String words) {
        return new UpdateObjectRequest(null, request(words).blobs(), null, null);
    }

    private static CreateObjectRequest request(String words) {
        CreateBlobRequest blob =
                new CreateBlobRequest("words", null, FieldType.TEXT, words, null, null, null, null, null, null);
        return CreateObjectRequest.of(null, List.of(blob), null);
    }

    private List<ObjectKey> keys() {
        deletes.run();
        return storage.list("", null, 100).stream().map(StoredObject::key).toList();
    }

    private void later() {
        clock.move(PATIENCE);
        walk.run();
    }

    private void assertNothingElseIsPublishedLater() {
        int before = published.all().size();
        later();
        later();
        assertThat(published.all()).hasSize(before);
    }

    private void reach(String step) {
        Runnable what = at.remove(step);
        if (what != null) {
            what.run();
        }
    }
}
