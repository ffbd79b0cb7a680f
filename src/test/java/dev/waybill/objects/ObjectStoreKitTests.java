package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;

import dev.waybill.blobs.Blob;
import dev.waybill.buckets.Buckets;
import dev.waybill.platform.mongo.WriteOutcome;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.testing.Databases;
import dev.waybill.testing.Kits;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import dev.waybill.testing.Lying;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract kit of object stores detects each violation. */
class ObjectStoreKitTests {

    /** The correct store, and the violations of everything but bytes. */
    private static final List<Lie<ObjectStore>> REST = List.of(
            Lie.none(ObjectStore.class),
            lie(
                    "loses the error of an object",
                    "find",
                    call -> call.<Optional<BucketObject>>proceed()
                            .map(object -> changed(object, object.blobs(), object.metadata(), null)),
                    "storesEveryField"),
            lie(
                    "drops nulls",
                    "find",
                    call -> call.<Optional<BucketObject>>proceed().map(object -> {
                        Map<String, Object> metadata = new LinkedHashMap<>(object.metadata());
                        metadata.values().removeIf(Objects::isNull);
                        return changed(object, object.blobs(), metadata, object.error());
                    }),
                    "storesFreeFormValuesUnchanged"),
            lie(
                    "turns booleans into text",
                    "find",
                    call -> call.<Optional<BucketObject>>proceed()
                            .map(object -> changed(
                                    object,
                                    object.blobs().stream()
                                            .map(ObjectStoreKitTests::textual)
                                            .toList(),
                                    object.metadata(),
                                    object.error())),
                    "storesInlineContentOfAnyKind"),
            lie(
                    "skips rows written in the same millisecond",
                    "written",
                    call -> {
                        List<ObjectStore.Written> page = call.proceed();
                        ObjectStore.Written after = call.argument(2);
                        return after == null
                                ? page
                                : page.stream()
                                        .filter(one -> one.at().isAfter(after.at()))
                                        .toList();
                    },
                    "listsWrittenRowsOfAllTenantsInOrderPageByPage"),
            lie("adds no dedupe key", "addDedupeKeys", call -> null, "addedDedupeKeysAreFoundUnlessTheRowChanged"),
            lie(
                    "overwrites existing rows",
                    "insertAll",
                    call -> {
                        List<ObjectRow> rows = call.argument(0);
                        if (rows.size() == 1 && !Thread.currentThread().isVirtual()) {
                            store(call).removeAll(scope(rows), List.of(id(rows)));
                        }
                        return call.proceed();
                    },
                    "aSecondInsertChangesNothing"),
            lie(
                    "lets two win a race",
                    "insertAll",
                    call -> {
                        List<ObjectRow> rows = call.argument(0);
                        List<WriteOutcome> outcomes = call.proceed();
                        if (rows.size() != 1) {
                            return outcomes;
                        }
                        Object first = call.memory().putIfAbsent(id(rows), Thread.currentThread());
                        return first == null || first == Thread.currentThread() ? outcomes : List.of(WriteOutcome.DONE);
                    },
                    "ofConcurrentInsertsOneWins"),
            lie(
                    "stops at an existing row",
                    "insertAll",
                    call -> {
                        List<WriteOutcome> outcomes = new ArrayList<>();
                        for (ObjectRow row : call.<List<ObjectRow>>argument(0)) {
                            outcomes.add(
                                    outcomes.contains(WriteOutcome.DUPLICATE_KEY)
                                            ? WriteOutcome.DUPLICATE_KEY
                                            : store(call)
                                                    .insertAll(List.of(row))
                                                    .getFirst());
                        }
                        return outcomes;
                    },
                    "insertAllSkipsExistingRows",
                    "insertAllReturnsAnOutcomeForEachRow",
                    "aDedupeKeyIsUniqueWithinBucketAndKind"),
            lie(
                    "reports all rows as inserted",
                    "insertAll",
                    call -> {
                        List<WriteOutcome> outcomes = call.proceed();
                        return outcomes.size() == 1
                                ? outcomes
                                : Collections.nCopies(outcomes.size(), WriteOutcome.DONE);
                    },
                    "insertAllReturnsAnOutcomeForEachRow",
                    "aDedupeKeyIsUniqueWithinBucketAndKind"),
            lie(
                    "lets two have the same bytes",
                    "insertAll",
                    call -> call.with(
                                    0,
                                    call.<List<ObjectRow>>argument(0).stream()
                                            .map(row -> row.claiming(
                                                    List.of(row.id().value())))
                                            .toList())
                            .proceed(),
                    "aDedupeKeyIsUniqueWithinBucketAndKind",
                    "addedDedupeKeysAreFoundUnlessTheRowChanged"),
            lie(
                    "finds no row by its keys",
                    "findByIdsOrKeys",
                    call -> call.with(3, List.of()).with(4, List.of()).proceed(),
                    "aDedupeKeyIsUniqueWithinBucketAndKind",
                    "addedDedupeKeysAreFoundUnlessTheRowChanged",
                    "aUniqueKeyIsUniqueWithinABucketUntilDeletion"),
            lie(
                    "updates another version",
                    "change",
                    call -> {
                        ObjectRow before = call.argument(0);
                        return call.with(
                                        0,
                                        store(call)
                                                .row(before.object().scope(), before.id())
                                                .orElse(before))
                                .proceed();
                    },
                    "updatesARowOfTheVersionThatWasRead"),
            lie(
                    "reports an update of a missing row",
                    "change",
                    call -> {
                        ObjectRow before = call.argument(0);
                        return store(call)
                                        .row(before.object().scope(), before.id())
                                        .isEmpty()
                                ? WriteOutcome.DONE
                                : call.proceed();
                    },
                    "updatesNothingOfAnotherScopeAndNothingMissing"),
            lie(
                    "writes no tombstone",
                    "change",
                    call -> call.<ObjectRow>argument(1).kind().isEnded() ? WriteOutcome.DONE : call.proceed(),
                    "filesAndMarkersToApplyOwnTheirBytesAndTombstonesOwnNone",
                    "aUniqueKeyIsUniqueWithinABucketUntilDeletion",
                    "listsOwnersInTheOrderOfTheirIds",
                    "listsWrittenRowsOfAllTenantsInOrderPageByPage",
                    "replacedBytesAreGarbageUntilCleared",
                    "tombstonesAreInNoListAndNoCountAndAreFinallyPurged"),
            lie(
                    "finds tombstones",
                    "find",
                    call -> store(call).row(call.argument(0), call.argument(1)).map(ObjectRow::object),
                    "tombstonesAreInNoListAndNoCountAndAreFinallyPurged"),
            lie(
                    "knows all bytes",
                    "owned",
                    call -> new HashSet<>(call.<Collection<Object>>argument(1)),
                    "filesAndMarkersToApplyOwnTheirBytesAndTombstonesOwnNone",
                    "knowsWhichKeysRowsOwn",
                    "returnsOnlyTheRequestedKeysOfARow",
                    "garbageIsNoLongerOwned",
                    "tombstonesAreInNoListAndNoCountAndAreFinallyPurged"),
            lie(
                    "lists no garbage",
                    "withGarbage",
                    call -> List.of(),
                    "garbageIsListedAcrossTenantsUpToAMaximum",
                    "onlyRemovedGarbageIsCleared",
                    "garbageIsNoLongerOwned",
                    "replacedBytesAreGarbageUntilCleared",
                    "tombstonesAreInNoListAndNoCountAndAreFinallyPurged"),
            lie(
                    "removes from other scopes",
                    "removeAll",
                    call -> {
                        call.proceed();
                        return call.with(0, ACME).proceed();
                    },
                    "scopesAreIsolated"),
            lie(
                    "gives a short page",
                    "some",
                    call -> {
                        List<ObjectRow> page = call.proceed();
                        return page.size() < call.<Integer>argument(2) ? page : page.subList(1, page.size());
                    },
                    "returnsSomeRowsOfABucketUntilNoneIsLeft"),
            lie(
                    "drops a change",
                    "changedSince",
                    call -> call.<List<Buckets.BucketRef>>proceed().stream()
                            .skip(1)
                            .toList(),
                    "listsChangedBuckets"));

    private static final List<Lie<ObjectStore>> LIES =
            Stream.concat(REST.stream(), ObjectStoreBytesLies.ALL.stream()).toList();

    @TestFactory
    Stream<DynamicTest> everyLieIsDetected() {
        return Kits.tests(Liar.class, LIES);
    }

    private static Lie<ObjectStore> lie(String name, String method, Twist twist, String... red) {
        return Lie.of(ObjectStore.class, name, method, twist, red);
    }

    private static ObjectStore store(Lie.Call call) {
        return call.truth();
    }

    private static ObjectId id(List<ObjectRow> rows) {
        return rows.getFirst().id();
    }

    private static Scope scope(List<ObjectRow> rows) {
        return rows.getFirst().object().scope();
    }

    private static Blob textual(Blob blob) {
        return blob.inline() instanceof Boolean truth
                ? new Blob(
                        blob.id(),
                        blob.property(),
                        blob.type(),
                        blob.keyPrefix(),
                        blob.key(),
                        truth.toString(),
                        blob.filename(),
                        blob.sizeBytes(),
                        blob.mimeType(),
                        blob.etag(),
                        blob.storedEtag(),
                        blob.sha256(),
                        blob.md5(),
                        blob.url(),
                        blob.metadata(),
                        blob.charset())
                : blob;
    }

    private static BucketObject changed(
            BucketObject object, List<Blob> blobs, Map<String, Object> metadata, @Nullable String error) {
        return new BucketObject(
                object.id(),
                object.scope(),
                object.bucket(),
                object.keyPrefix(),
                blobs,
                metadata,
                object.status(),
                error,
                object.createdAt(),
                object.updatedAt(),
                object.version());
    }

    @Lying
    static class Liar extends ObjectStoreContract {

        static List<Lie<ObjectStore>> lies() {
            return LIES;
        }

        private final ObjectsDatabase database = new ObjectsDatabase(Databases.STAND_IN);
        private final ObjectStore store;

        Liar(Lie<ObjectStore> lie) {
            store = lie.over(new MongoObjectStore(database.template(), null, clock));
        }

        @AfterEach
        void stop() {
            database.close();
        }

        @Override
        ObjectStore store() {
            return store;
        }
    }
}
