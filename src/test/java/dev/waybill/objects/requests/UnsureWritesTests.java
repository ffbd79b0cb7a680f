package dev.waybill.objects.requests;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.bucket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Plan;
import dev.waybill.blobs.Blob;
import dev.waybill.blobs.BlobIngestion;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.SchemaField;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.UnknownResultException;
import dev.waybill.objects.UnsureObjects;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FailureTranslator;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.json.Change;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.quotas.NoQuotas;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
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

    private final Map<String, Runnable> at = new HashMap<>();
    private final UnsureObjects unsure;
    private final ObjectEditing editing;
    private final ObjectCreation creation;

    private static final class Death extends Error {}

    UnsureWritesTests(Databases where) {
        unsure = new UnsureObjects(where, this::reach);
        ObjectProperties properties = new ObjectProperties(HOUR, DataSize.ofBytes(1), 8);
        IdGenerator ids = new IdGenerator(unsure.clock);
        BlobIngestion blobIngestion = new BlobIngestion(
                NoQuotas.create(), null, null, unsure.storage, null, unsure.deletes, ids, this::reach);
        DraftReader reader = new DraftReader(new JsonMapper(), properties);
        editing = new ObjectEditing(unsure.updates, reader, blobIngestion, unsure.clock);
        creation = new ObjectCreation(
                unsure.objects,
                reader,
                blobIngestion,
                unsure.writer,
                unsure.events,
                ids,
                unsure.clock,
                new StaticListableBeanFactory().getBeanProvider(FailureTranslator.class),
                this::reach,
                properties);
    }

    @AfterEach
    void stop() {
        unsure.close();
    }

    @Test
    void aChangeAppliedLateIsMadeAndPublishedOnce() {
        ObjectId id = made("old");
        unsure.loseAnAnswer();

        BucketObject changed = editing.patch(CALLER, BUCKET, id.value(), prefixed("/a"), new IfMatch("\"1\""));

        assertThat(changed.version()).isEqualTo(2);
        assertThat(unsure.find(ACME, id).orElseThrow().version()).isEqualTo(2);
        assertThat(unsure.published.all()).containsExactlyElementsOf(unsure.latestOf(ACME, id));
        assertThat(unsure.published.all()).extracting(PublicEvent::eventType).containsExactly("object.updated");
        assertNothingElseIsPublishedLater();
    }

    @Test
    void aDeletionAppliedLateIsAnsweredAndPublishedOnce() {
        ObjectId id = made("old");
        unsure.loseAnAnswer();

        unsure.updates.remove(BUCKET, id, new IfMatch("\"1\"")::require);

        assertThat(unsure.find(ACME, id)).isEmpty();
        assertThat(unsure.published.all()).extracting(PublicEvent::eventType).containsExactly("object.deleted");
        assertThat(unsure.cleaned).containsExactly(id);
        assertThat(keys()).isEmpty();
        assertNothingElseIsPublishedLater();
    }

    @Test
    void theBytesOfAChangeWithUnknownOutcomeStay() {
        ObjectId id = made("old");
        unsure.answerNoMore();

        assertThatThrownBy(() -> editing.replace(CALLER, BUCKET, id.value(), words("new"), IfMatch.ANY))
                .isInstanceOf(UnknownResultException.class)
                .hasMessageContaining("not known");

        unsure.answerAgain();
        assertThat(Blob.keys(unsure.find(ACME, id).orElseThrow().blobs()))
                .hasSize(1)
                .isSubsetOf(keys());
        assertThat(unsure.published.all()).isEmpty();
        later();
        assertThat(unsure.published.all()).extracting(PublicEvent::eventType).containsExactly("object.updated");
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
        assertThat(unsure.published.all()).isEmpty();
        later();
        assertThat(unsure.published.all()).extracting(PublicEvent::eventType).containsExactly("object.created");
        ObjectId id = new ObjectId(unsure.published.all().getFirst().subject().id());
        assertThat(Blob.keys(unsure.find(ACME, id).orElseThrow().blobs())).isEqualTo(keys());
    }

    @Test
    void theBytesOfARefusedChangeAreRemoved() {
        ObjectId id = made("old");
        List<ObjectKey> before = keys();
        at.put("object.blob-stored", () -> patched(id));

        assertThatThrownBy(() -> editing.replace(CALLER, BUCKET, id.value(), words("new"), new IfMatch("\"1\"")))
                .isInstanceOf(WaybillException.class)
                .extracting("code")
                .isEqualTo(ErrorCode.PRECONDITION_FAILED);

        assertThat(keys()).isEqualTo(before);
    }

    @Test
    void aRefusedDeletionLeavesTheDerivedData() {
        ObjectId id = made("old");
        at.put("delete.begun", () -> patched(id));

        assertThatThrownBy(() -> unsure.updates.remove(BUCKET, id, new IfMatch("\"1\"")::require))
                .isInstanceOf(WaybillException.class)
                .extracting("code")
                .isEqualTo(ErrorCode.PRECONDITION_FAILED);

        assertThat(unsure.cleaned).isEmpty();
        assertThat(unsure.find(ACME, id)).isPresent();
    }

    @Test
    void theWalkCompletesAnInterruptedDeletion() {
        ObjectId id = made("old");
        at.put("delete.removed", () -> {
            throw new Death();
        });
        assertThatThrownBy(() -> unsure.updates.remove(BUCKET, id, new IfMatch("\"1\"")::require))
                .isInstanceOf(Death.class);
        assertThat(unsure.cleaned).isEmpty();

        assertThatThrownBy(() -> unsure.updates.remove(BUCKET, id, IfMatch.ANY::require))
                .isInstanceOf(WaybillException.class)
                .extracting("code")
                .isEqualTo(ErrorCode.NOT_FOUND);

        assertThat(unsure.published.all()).isEmpty();
        later();
        assertThat(unsure.cleaned).containsExactly(id);
        assertThat(unsure.published.all()).extracting(PublicEvent::eventType).containsExactly("object.deleted");
        assertThat(keys()).hasSize(1);
        unsure.collectGarbage();
        assertThat(keys()).isEmpty();
    }

    private ObjectId made(String words) {
        ObjectId id =
                creation.create(CALLER, BUCKET, request(words), null).object().id();
        unsure.published.clear();
        return id;
    }

    private void patched(ObjectId id) {
        editing.patch(CALLER, BUCKET, id.value(), prefixed("/other"), IfMatch.ANY);
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
        unsure.deletes.run();
        return unsure.storage.list("", null, 100).stream()
                .map(StoredObject::key)
                .toList();
    }

    private void later() {
        unsure.clock.move(PATIENCE);
        unsure.walk();
    }

    private void assertNothingElseIsPublishedLater() {
        int before = unsure.published.all().size();
        later();
        later();
        assertThat(unsure.published.all()).hasSize(before);
    }

    private void reach(String step) {
        Runnable what = at.remove(step);
        if (what != null) {
            what.run();
        }
    }
}
