package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;

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

/** The kit of object stores finds out whoever does not keep to it. */
class ObjectStoreKitTests {

    /** The truth, and the lies about all else. */
    private static final List<Lie<ObjectStore>> REST = List.of(
            Lie.none(ObjectStore.class),
            lie(
                    "loses why an object failed",
                    "find",
                    call -> call.<Optional<BucketObject>>proceed()
                            .map(object -> changed(object, object.blobs(), object.metadata(), null)),
                    "keepsEveryField"),
            lie(
                    "drops what is nothing",
                    "find",
                    call -> call.<Optional<BucketObject>>proceed().map(object -> {
                        Map<String, Object> metadata = new LinkedHashMap<>(object.metadata());
                        metadata.values().removeIf(Objects::isNull);
                        return changed(object, object.blobs(), metadata, object.error());
                    }),
                    "keepsFreeFormValuesAsTheyWereGiven"),
            lie(
                    "makes text of what is true or false",
                    "find",
                    call -> call.<Optional<BucketObject>>proceed()
                            .map(object -> changed(
                                    object,
                                    object.blobs().stream()
                                            .map(ObjectStoreKitTests::textual)
                                            .toList(),
                                    object.metadata(),
                                    object.error())),
                    "keepsInlineContentOfAnyKind"),
            lie(
                    "skips what was written in the same moment",
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
                    "tellsWhatWasWrittenOfAllTenantsInItsOrderPageByPage"),
            lie(
                    "learns no further key",
                    "alsoKnownBy",
                    call -> null,
                    "whatIsKnownByAnotherKeyTooIsFoundByBothUnlessItChanged"),
            lie(
                    "writes over what is there",
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
                    "ofManyInsertsAtOnceOneWins"),
            lie(
                    "stops at what is there",
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
                    "insertingManySkipsThoseThatAreThere",
                    "anAnswerForEachOfManyTellsWhatBecameOfIt",
                    "ofRowsOfOneBucketAndKindOneHasADedupeKey"),
            lie(
                    "says that all of many were written",
                    "insertAll",
                    call -> {
                        List<WriteOutcome> outcomes = call.proceed();
                        return outcomes.size() == 1
                                ? outcomes
                                : Collections.nCopies(outcomes.size(), WriteOutcome.DONE);
                    },
                    "anAnswerForEachOfManyTellsWhatBecameOfIt",
                    "ofRowsOfOneBucketAndKindOneHasADedupeKey"),
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
                    "ofRowsOfOneBucketAndKindOneHasADedupeKey",
                    "whatIsKnownByAnotherKeyTooIsFoundByBothUnlessItChanged"),
            lie(
                    "finds nobody by what he claims",
                    "standing",
                    call -> call.with(3, List.of()).with(4, List.of()).proceed(),
                    "ofRowsOfOneBucketAndKindOneHasADedupeKey",
                    "whatIsKnownByAnotherKeyTooIsFoundByBothUnlessItChanged",
                    "ofRowsOfOneBucketOneHasAUniqueKeyUntilItIsGone"),
            lie(
                    "changes what others changed",
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
                    "changesAnObjectThatHasTheVersionThatWasRead"),
            lie(
                    "says it changed what is not there",
                    "change",
                    call -> {
                        ObjectRow before = call.argument(0);
                        return store(call)
                                        .row(before.object().scope(), before.id())
                                        .isEmpty()
                                ? WriteOutcome.DONE
                                : call.proceed();
                    },
                    "changesNothingOfAnotherScopeAndNothingThatIsNotThere"),
            lie(
                    "buries nothing",
                    "change",
                    call -> call.<ObjectRow>argument(1).kind().isEnded() ? WriteOutcome.DONE : call.proceed(),
                    "filesAndWhatIsOnItsWayIntoAnObjectNameTheirBytesAndEndsNameNone",
                    "ofRowsOfOneBucketOneHasAUniqueKeyUntilItIsGone",
                    "tellsWhatContentNamesInTheOrderOfItsIds",
                    "tellsWhatWasWrittenOfAllTenantsInItsOrderPageByPage",
                    "whatARowGivesUpIsGarbageUntilItIsRemoved",
                    "whatHasEndedIsInNoListAndNoCountAndGoesInTheEnd"),
            lie(
                    "shows what has ended",
                    "find",
                    call -> store(call).row(call.argument(0), call.argument(1)).map(ObjectRow::object),
                    "whatHasEndedIsInNoListAndNoCountAndGoesInTheEnd"),
            lie(
                    "knows all bytes",
                    "owned",
                    call -> new HashSet<>(call.<Collection<Object>>argument(1)),
                    "filesAndWhatIsOnItsWayIntoAnObjectNameTheirBytesAndEndsNameNone",
                    "knowsWhichBytesRowsName",
                    "namesThoseBytesOfARowThatItIsAskedFor",
                    "whatARowGaveUpItNamesNoMore",
                    "whatHasEndedIsInNoListAndNoCountAndGoesInTheEnd"),
            lie(
                    "shows no garbage",
                    "withGarbage",
                    call -> List.of(),
                    "garbageIsShownOfEveryTenantUpToSoMany",
                    "onlyTheGarbageThatWasRemovedIsForgotten",
                    "whatARowGaveUpItNamesNoMore",
                    "whatARowGivesUpIsGarbageUntilItIsRemoved",
                    "whatHasEndedIsInNoListAndNoCountAndGoesInTheEnd"),
            lie(
                    "removes from other scopes",
                    "removeAll",
                    call -> {
                        call.proceed();
                        return call.with(0, ACME).proceed();
                    },
                    "noScopeSeesAnothersObjects"),
            lie(
                    "gives a short page",
                    "some",
                    call -> {
                        List<ObjectRow> page = call.proceed();
                        return page.size() < call.<Integer>argument(2) ? page : page.subList(1, page.size());
                    },
                    "givesSomeObjectsOfABucketUntilNoneIsLeft"),
            lie(
                    "drops a change",
                    "changedSince",
                    call -> call.<List<Buckets.BucketRef>>proceed().stream()
                            .skip(1)
                            .toList(),
                    "tellsWhichBucketsChanged"));

    private static final List<Lie<ObjectStore>> LIES =
            Stream.concat(REST.stream(), ObjectStoreBytesLies.ALL.stream()).toList();

    @TestFactory
    Stream<DynamicTest> whoeverLiesIsFoundOut() {
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
