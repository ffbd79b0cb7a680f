package dev.waybill.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.ids.IdSeries;
import dev.waybill.platform.storage.FileNames;
import dev.waybill.platform.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BlobKeysPropertyTests {

    /** 62 to the power of 7: what the seven characters of time can hold, which is until 2081. */
    private static final long END_OF_TIME = 3_521_614_606_208L;

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final IdGenerator IDS = at(NOON);

    @Property
    void bothKindsContainTimeAndPartition(
            @ForAll("times") Instant made, @ForAll("partitions") String partition, @ForAll("filenames") String name) {
        IdGenerator ids = at(made);
        for (ObjectKey key :
                List.of(BlobKeys.staged(ids.next("upl_"), partition, name), BlobKeys.fresh(ids, partition, name))) {
            assertThat(BlobKeys.timeOf(key)).contains(made);
            assertThat(BlobKeys.partitionOf(key)).contains(partition);
        }
    }

    @Property
    void anIdContainsItsTime(@ForAll("times") Instant made) {
        IdGenerator ids = at(made);
        for (String prefix : List.of("", "upl_", "obj_")) {
            assertThat(IdGenerator.timeOf(ids.next(prefix).substring(prefix.length())))
                    .isEqualTo(made);
            assertThat(IdGenerator.timeOf(ids.nextOfThisRun(prefix).substring(prefix.length())))
                    .isEqualTo(made);
        }
    }

    @Property
    void stagingKeysHaveTheirPrefixAndTheirUploadsId(
            @ForAll("partitions") String partition, @ForAll("filenames") String name) {
        String id = IDS.next("upl_");
        ObjectKey staged = BlobKeys.staged(id, partition, name);
        ObjectKey last = BlobKeys.fresh(IDS, partition, name);

        assertThat(staged).isEqualTo(BlobKeys.staged(id, partition, name));
        assertThat(staged.value()).contains("/" + id.substring("upl_".length()) + "/");
        assertThat(BlobKeys.isStaged(staged)).isTrue();
        assertThat(BlobKeys.isStaged(last)).isFalse();
        assertThat(BlobKeys.SHARDS).anyMatch(shard -> staged.value().startsWith(BlobKeys.STAGING + shard));
        assertThat(BlobKeys.SHARDS).anyMatch(shard -> last.value().startsWith(shard));
        assertThat(last).isNotEqualTo(BlobKeys.fresh(IDS, partition, name));
    }

    @Property
    void aNameIsNeverTooLongForAKey(@ForAll("filenames") String name) {
        String partition = IDS.next("ns_");
        for (ObjectKey key :
                List.of(BlobKeys.staged(IDS.next("upl_"), partition, name), BlobKeys.fresh(IDS, partition, name))) {
            assertThat(key.value().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
            assertThat(key.filename()).isEqualTo(FileNames.inKey(name));
        }
    }

    @Property
    void keysOfOneShardSortByTime(@ForAll("times") Instant one, @ForAll("times") Instant other) {
        String first = BlobKeys.fresh(at(one), "ns_1", "a").value().substring(2);
        String second = BlobKeys.fresh(at(other), "ns_1", "a").value().substring(2);
        assertThat(Integer.signum(first.compareTo(second)))
                .isIn(one.equals(other) ? List.of(-1, 0, 1) : List.of(Integer.signum(one.compareTo(other))));
    }

    @Property
    void foreignKeysHaveNeitherTimeNorPartition(@ForAll("foreignKeys") String key) {
        assertThat(BlobKeys.timeOf(new ObjectKey(key))).isEmpty();
        assertThat(BlobKeys.partitionOf(new ObjectKey(key))).isEmpty();
    }

    @Example
    void allSixteenShardsAreUsedAndNoneMuchMoreThanOthers() {
        int[] keys = new int[16];
        for (int i = 0; i < 10_000; i++) {
            String key = BlobKeys.fresh(IDS, "ns_1", "a").value();
            keys[Character.digit(key.charAt(0), 16)]++;
        }
        assertThat(BlobKeys.SHARDS).hasSize(16).doesNotHaveDuplicates();
        // A sixteenth is 625.
        assertThat(Arrays.stream(keys).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(200, 1250));
    }

    /** A repeated request must not write to a key that its former run may just be removing. */
    @Example
    void aRepeatedRequestGetsOtherKeys() {
        Set<ObjectKey> keys = new HashSet<>();
        byte[] seed = "the same request".getBytes(StandardCharsets.UTF_8);
        for (boolean repeating : new boolean[] {false, true, true}) {
            try (var open = IdSeries.of(seed, NOON, repeating).open()) {
                keys.add(BlobKeys.fresh(IDS, "ns_1", "a"));
            }
        }
        assertThat(keys).hasSize(3);
    }

    @Example
    void aKeyIsYoungForHalfADay() {
        ObjectKey key = BlobKeys.fresh(IDS, "ns_1", "a");
        ObjectKey other = BlobKeys.fresh(at(NOON.plusSeconds(1)), "ns_1", "a");
        Instant last = NOON.plus(Duration.ofHours(12));

        BlobKeys.requireYoung(List.of(key, other), last);
        BlobKeys.requireYoung(List.of(), last);
        assertThat(BlobKeys.areOld(List.of(other, key), last)).isFalse();
        assertThat(BlobKeys.areOld(List.of(other, key), last.plusMillis(1))).isTrue();
        assertThatThrownBy(() -> BlobKeys.requireYoung(List.of(other, key), last.plusMillis(1)))
                .isInstanceOf(WaybillException.class)
                .hasMessageContaining("12 hours");
    }

    @Provide
    Arbitrary<Instant> times() {
        return Arbitraries.longs().between(0, END_OF_TIME - 1).map(Instant::ofEpochMilli);
    }

    @Provide
    Arbitrary<String> partitions() {
        return Arbitraries.of("ns_", "org_").map(IDS::next);
    }

    /** Any filename, up to far beyond the maximum length. */
    @Provide
    Arbitrary<String> filenames() {
        return Arbitraries.oneOf(
                        Arbitraries.strings().ofMinLength(1).ofMaxLength(40),
                        Arbitraries.strings().ofMinLength(200).ofMaxLength(2000),
                        Arbitraries.strings().withChars("aé写😀".toCharArray()).ofLength(1024),
                        Arbitraries.strings().withChars(".a ").ofMinLength(1).ofMaxLength(700),
                        Arbitraries.strings()
                                .alpha()
                                .ofMaxLength(700)
                                .flatMap(start -> Arbitraries.of("写".repeat(15), "tar.gz", "", ".")
                                        .map(end -> start + "." + end)))
                .map(name -> name.replaceAll("[\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}/\\\\]|\\p{Cs}", "_"))
                .filter(name -> FileNames.problems(name).isEmpty());
    }

    @Provide
    Arbitrary<String> foreignKeys() {
        return Arbitraries.of(
                "a",
                "notes.txt",
                "staging/notes.txt",
                "other/a/0VXsK2aQ3nB8xYz1/ns_1/a",
                "staging/staging/a/0VXsK2aQ3nB8xYz1/ns_1/a",
                "g/0VXsK2aQ3nB8xYz1/ns_1/a",
                "A/0VXsK2aQ3nB8xYz1/ns_1/a",
                "aa/0VXsK2aQ3nB8xYz1/ns_1/a",
                "a/0VXsK2aQ3nB8xYz/ns_1/a",
                "a/0VXsK2aQ3nB8xYz12/ns_1/a",
                "a/0VXsK2aQ3nB8xY-1/ns_1/a",
                "a/0VXsK2aQ3nB8xYz1/ns_1",
                "a/0VXsK2aQ3nB8xYz1",
                "org_1/ns_1/api_buckets_uploads_create/upl_0VXsK2aQ3nB8xYz1/photo.jpg");
    }

    private static IdGenerator at(Instant instant) {
        return new IdGenerator(InstantSource.fixed(instant));
    }
}
