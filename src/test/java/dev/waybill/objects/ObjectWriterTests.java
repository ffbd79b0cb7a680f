package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.NOON;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.blobs.Blob;
import dev.waybill.buckets.FieldType;
import dev.waybill.objects.WriteResult.Created;
import dev.waybill.objects.WriteResult.Duplicate;
import dev.waybill.objects.WriteResult.Kept;
import dev.waybill.platform.mongo.MongoIndexes;
import dev.waybill.platform.mongo.WriteOutcome;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.quotas.NoQuotas;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Writes of many drafts in one call: claims, duplicates, and lost answers. */
@OnEveryDatabase
class ObjectWriterTests {

    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);

    private final ObjectsDatabase database;
    private final MovedClock clock = new MovedClock("2026-11-21T12:00:00Z");
    private final ObjectStore store;

    ObjectWriterTests(Databases where) {
        database = new ObjectsDatabase(where);
        store = new MongoObjectStore(database.template(), null, clock);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void ofEqualDraftsTheFirstIsWritten() {
        List<WriteResult> results = writer(store)
                .write(List.of(draft("obj_1", "1", null), draft("obj_2", "2", null), draft("obj_3", "1", null)));

        assertThat(results.get(0)).isInstanceOf(Created.class);
        assertThat(results.get(1)).isInstanceOf(Created.class);
        assertThat(duplicateOf(results.get(2))).isEqualTo("obj_1");
        assertThat(store.row(ACME, new ObjectId("obj_3")).orElseThrow().kind()).isEqualTo(ObjectRow.Kind.DUPLICATE);
    }

    @Test
    void anExistingRowUnderTheOwnIdDecides() {
        writer(store).write(List.of(draft("obj_1", "1", null), draft("obj_2", "1", null)));

        List<WriteResult> again = writer(store)
                .write(List.of(draft("obj_1", "9", null), draft("obj_2", "8", null), draft("obj_3", "7", null)));

        assertThat(((Created) again.getFirst()).object().blobs().getFirst().md5())
                .isEqualTo("1");
        assertThat(duplicateOf(again.get(1))).isEqualTo("obj_1");
        assertThat(again.get(2)).isInstanceOf(Created.class);
        assertThat(writer(store).decided(ACME, PHOTOS, List.of(new ObjectId("obj_2"), new ObjectId("obj_9"))))
                .containsOnlyKeys(new ObjectId("obj_2"));
    }

    @Test
    void whereBothKnowTheSha256ItAloneDecides() {
        writer(store).write(List.of(draft("obj_1", "1", A)));

        List<WriteResult> results =
                writer(store).write(List.of(draft("obj_2", "1", B), draft("obj_3", "1", null), draft("obj_4", "2", B)));

        assertThat(results.getFirst()).isInstanceOf(Created.class);
        assertThat(duplicateOf(results.get(1))).isEqualTo("obj_1");
        assertThat(duplicateOf(results.get(2))).isEqualTo("obj_2");
    }

    @Test
    void ofSeveralRowsWithTheBytesTheOldestIsTheExistingOne() {
        writer(store).write(List.of(draft("obj_9", "1", null)));
        writer(store).write(List.of(draft("obj_2", "2", A)));

        assertThat(duplicateOf(
                        writer(store).write(List.of(draft("obj_3", "1", A))).getFirst()))
                .isEqualTo("obj_9");
    }

    @Test
    void aUniqueKeyDecidesAloneInItsBucket() {
        WriteDraft first = keyed("obj_1", "1", "key:1");
        List<WriteResult> results =
                writer(store).write(List.of(first, keyed("obj_2", "1", "key:2"), keyed("obj_3", "3", "key:1")));

        assertThat(results.get(1)).isInstanceOf(Created.class);
        assertThat(results.get(2)).isInstanceOf(Kept.class);
        assertThat(((Kept) results.get(2)).existing().id()).isEqualTo(new ObjectId("obj_1"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theStoredRowDecidesAfterALostAnswer(boolean acts) {
        List<WriteResult> results = writer(losingTheFirstAnswer(acts))
                .write(List.of(draft("obj_1", "1", null), draft("obj_2", "2", null), draft("obj_3", "1", null)));

        assertThat(results.get(0)).isInstanceOf(Created.class);
        assertThat(results.get(1)).isInstanceOf(Created.class);
        assertThat(duplicateOf(results.get(2))).isEqualTo("obj_1");
        assertThat(store.bucketsOf(ACME, List.of(new ObjectId("obj_1"), new ObjectId("obj_2"), new ObjectId("obj_3"))))
                .hasSize(2);
    }

    @Test
    void aWriteThatIsNeverAnsweredIsReportedAsUnknown() {
        ObjectStore silent = answering((rows, acts) -> Collections.nCopies(rows, WriteOutcome.UNKNOWN), false);

        WriteResult result =
                writer(silent).write(List.of(draft("obj_1", "1", null))).getFirst();

        assertThat(((WriteResult.Refused) result).why().getMessage()).contains("not known");
    }

    private ObjectWriter writer(ObjectStore over) {
        return new ObjectWriter(
                over,
                new QuotaCheckedInserts(over, NoQuotas.create()),
                null,
                new StaticListableBeanFactory().getBeanProvider(MongoIndexes.class),
                clock,
                step -> {});
    }

    private interface Answers {
        List<WriteOutcome> of(int rows, boolean acted);
    }

    private ObjectStore losingTheFirstAnswer(boolean acts) {
        boolean[] lost = {false};
        ObjectStore losing = answering((rows, acted) -> Collections.nCopies(rows, WriteOutcome.UNKNOWN), acts);
        return proxy((method, arguments) -> {
            boolean first = method.equals("insertAll") && !lost[0];
            lost[0] |= first;
            return first ? losing : store;
        });
    }

    private ObjectStore answering(Answers answers, boolean acts) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (self, method, arguments) -> {
                    if (!method.getName().equals("insertAll")) {
                        return method.invoke(store, arguments);
                    }
                    if (acts) {
                        method.invoke(store, arguments);
                    }
                    return answers.of(((List<?>) arguments[0]).size(), acts);
                });
    }

    private interface Choice {
        ObjectStore of(String method, Object[] arguments);
    }

    private static ObjectStore proxy(Choice choice) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (self, method, arguments) -> {
                    try {
                        return method.invoke(choice.of(method.getName(), arguments), arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private static String duplicateOf(WriteResult result) {
        assertThat(result).isInstanceOf(Duplicate.class);
        return ((Duplicate) result).existing().id().value();
    }

    private WriteDraft draft(String id, String md5, @Nullable String sha256) {
        clock.move(java.time.Duration.ofSeconds(1));
        return WriteDraft.object(object(id, md5, sha256), null, UniqueKeyPolicy.INSERT, true, receipt(id));
    }

    private WriteDraft keyed(String id, String md5, String key) {
        return WriteDraft.object(object(id, md5, null), key, UniqueKeyPolicy.INSERT, true, receipt(id));
    }

    private BucketObject object(String id, String md5, @Nullable String sha256) {
        Blob blob = new Blob(
                "blob_" + id,
                "photo",
                FieldType.IMAGE,
                null,
                new ObjectKey("a/" + id),
                null,
                "a.jpg",
                5L,
                "image/jpeg",
                md5,
                null,
                sha256,
                md5,
                null,
                Map.of(),
                null);
        return ObjectFixtures.object(ACME, PHOTOS, id, List.of(blob), Map.of(), clock.instant());
    }

    private static UploadReceipt receipt(String id) {
        return new UploadReceipt(
                id.replace("obj_", "upl_"), "a.txt", true, false, 5L, "e", null, null, Map.of(), NOON, null, NOON);
    }
}
