package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;

import dev.waybill.buckets.BucketUsage;
import dev.waybill.testing.Databases;
import dev.waybill.testing.Kits;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import dev.waybill.testing.Lying;
import java.util.Collection;
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

    private static final List<Lie<ObjectStore>> LIES = List.of(
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
                    "writes over what is there",
                    "insert",
                    call -> {
                        if (!Thread.currentThread().isVirtual()) {
                            BucketObject object = call.argument(0);
                            store(call).removeAll(object.scope(), List.of(object.id()));
                        }
                        return call.proceed();
                    },
                    "aSecondInsertChangesNothing"),
            lie(
                    "lets two win a race",
                    "insert",
                    call -> {
                        Object first = call.memory().putIfAbsent(id(call), Thread.currentThread());
                        boolean won = call.proceed();
                        return won || (first != null && first != Thread.currentThread());
                    },
                    "ofManyInsertsAtOnceOneWins"),
            lie(
                    "stops at what is there",
                    "insertAll",
                    call -> {
                        for (BucketObject object : call.<Collection<BucketObject>>argument(0)) {
                            if (!store(call).insert(object)) {
                                return null;
                            }
                        }
                        return null;
                    },
                    "insertingManySkipsThoseThatAreThere"),
            lie(
                    "changes what others changed",
                    "change",
                    call -> {
                        BucketObject before = call.argument(0);
                        return call.with(
                                        0,
                                        store(call)
                                                .find(before.scope(), before.id())
                                                .orElse(before))
                                .proceed();
                    },
                    "changesAnObjectThatNobodyChangedSince"),
            lie(
                    "says it changed what is not there",
                    "change",
                    call -> {
                        BucketObject before = call.argument(0);
                        return store(call).find(before.scope(), before.id()).isEmpty() || call.<Boolean>proceed();
                    },
                    "changesWhatIsToBeChangedByCallersAndNothingElse"),
            lie(
                    "knows all bytes",
                    "referred",
                    call -> new HashSet<>(call.<Collection<Object>>argument(1)),
                    "knowsWhichBytesObjectsHave"),
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
                        List<BucketObject> page = call.proceed();
                        return page.size() < call.<Integer>argument(2) ? page : page.subList(1, page.size());
                    },
                    "givesSomeObjectsOfABucketUntilNoneIsLeft"),
            lie(
                    "forgets the last upload",
                    "usage",
                    call -> {
                        BucketUsage usage = call.proceed();
                        return new BucketUsage(
                                usage.objectCount(),
                                usage.totalBytes(),
                                usage.maxBytes(),
                                usage.minBytes(),
                                null,
                                usage.computedAt());
                    },
                    "countsWhatABucketHolds"),
            lie(
                    "drops a change",
                    "changedSince",
                    call -> call.<List<BucketChange>>proceed().stream().skip(1).toList(),
                    "tellsWhichBucketsChanged"),
            lie(
                    "passes a bucket over",
                    "bucketAfter",
                    call -> {
                        Optional<BucketPlace> next = call.proceed();
                        return call.argument(0) == null || next.isEmpty()
                                ? next
                                : store(call).bucketAfter(next.get());
                    },
                    "goesThroughAllBuckets"));

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

    private static ObjectId id(Lie.Call call) {
        return call.<BucketObject>argument(0).id();
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
                        blob.sha256(),
                        blob.url(),
                        blob.metadata())
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
                object.updatedAt());
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
