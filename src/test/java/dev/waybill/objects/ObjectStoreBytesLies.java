package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.SONGS;

import dev.waybill.blobs.BlobOwner;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.BucketUsage;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.testing.Lie;
import dev.waybill.testing.Lie.Twist;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Violations of {@link ObjectStoreBytesContract} that the kit must detect. */
final class ObjectStoreBytesLies {

    static final List<Lie<ObjectStore>> ALL = List.of(
            lie(
                    "knows the bytes of objects alone",
                    "owned",
                    call -> {
                        List<ObjectKey> known = new ArrayList<>();
                        for (BucketId bucket : List.of(PHOTOS, SONGS)) {
                            store(call).some(ACME, bucket, 99).stream()
                                    .filter(row -> row.kind() == ObjectRow.Kind.OBJECT)
                                    .forEach(row -> known.addAll(row.keys()));
                        }
                        Set<ObjectKey> named = call.proceed();
                        return named.stream().filter(known::contains).collect(Collectors.toSet());
                    },
                    "filesAndMarkersToApplyOwnTheirBytesAndTombstonesOwnNone"),
            lie(
                    "returns all keys of a row",
                    "owned",
                    call -> {
                        Set<ObjectKey> named = call.proceed();
                        Set<ObjectKey> all = new HashSet<>(named);
                        store(call).some(ACME, PHOTOS, 99).stream()
                                .map(ObjectRow::keys)
                                .filter(keys -> keys.stream().anyMatch(named::contains))
                                .forEach(all::addAll);
                        return all;
                    },
                    "returnsOnlyTheRequestedKeysOfARow"),
            lie(
                    "loses garbage when it changes a row",
                    "change",
                    call -> {
                        ObjectRow before = call.argument(0);
                        if (!before.garbage().isEmpty()) {
                            store(call).clearGarbage(List.of(before));
                        }
                        return call.with(1, call.<ObjectRow>argument(1).keepingBytes())
                                .proceed();
                    },
                    "garbageIsListedAcrossTenantsUpToAMaximum",
                    "garbageAddedMeanwhileStays",
                    "onlyRemovedGarbageIsCleared",
                    "garbageIsNoLongerOwned",
                    "replacedBytesAreGarbageUntilCleared"),
            lie(
                    "lists all garbage at once",
                    "withGarbage",
                    call -> call.with(0, 99).proceed(),
                    "garbageIsListedAcrossTenantsUpToAMaximum"),
            lie(
                    "lists one tenant's garbage",
                    "withGarbage",
                    call -> call.<List<ObjectRow>>proceed().stream()
                            .filter(row -> row.object().scope().equals(ACME))
                            .toList(),
                    "garbageIsListedAcrossTenantsUpToAMaximum",
                    "onlyRemovedGarbageIsCleared"),
            lie(
                    "clears all garbage",
                    "clearGarbage",
                    call -> call.with(0, store(call).withGarbage(99)).proceed(),
                    "garbageAddedMeanwhileStays",
                    "onlyRemovedGarbageIsCleared"),
            lie(
                    "lists keys in no order",
                    "page",
                    call -> call.<List<BlobOwner.Named>>proceed().reversed(),
                    "listsOwnersInTheOrderOfTheirIds"),
            lie(
                    "clears garbage that it never listed",
                    "clearGarbage",
                    call -> call.with(
                                    0,
                                    call.<Collection<ObjectRow>>argument(0).stream()
                                            .map(row -> store(call)
                                                    .row(row.object().scope(), row.id())
                                                    .orElse(row))
                                            .toList())
                            .proceed(),
                    "garbageAddedMeanwhileStays"),
            lie(
                    "forgets the last upload",
                    "usage",
                    call -> {
                        BucketUsage usage = call.proceed();
                        return new BucketUsage(
                                usage.objectCount(),
                                usage.totalSizeBytes(),
                                usage.maxSizeBytes(),
                                usage.minSizeBytes(),
                                null,
                                usage.statsUpdatedAt());
                    },
                    "computesTheUsageOfABucket"),
            lie(
                    "counts markers that are still to be applied",
                    "storedBytes",
                    call -> call.<Long>proceed()
                            + (call.<Collection<?>>argument(0).size() == 1 ? 13 : 0),
                    "sumsStoredBytesWithoutTombstonesAndMarkers"));

    private ObjectStoreBytesLies() {}

    private static Lie<ObjectStore> lie(String name, String method, Twist twist, String... red) {
        return Lie.of(ObjectStore.class, name, method, twist, red);
    }

    private static ObjectStore store(Lie.Call call) {
        return call.truth();
    }
}
