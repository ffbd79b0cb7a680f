package dev.waybill.platform.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdSeriesTests {

    private static final Instant THEN = Instant.parse("2030-01-01T00:00:00Z");
    private static final byte[] SEED = "some seed".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private final IdGenerator ids = new IdGenerator(InstantSource.fixed(Instant.parse("2031-01-01T00:00:00Z")));

    @Test
    void theSameSeedGivesTheSameIds() {
        assertThat(drawn(SEED, false)).isEqualTo(drawn(SEED, true)).doesNotHaveDuplicates();
        assertThat(drawn(SEED, false)).doesNotContainAnyElementsOf(drawn(new byte[32], false));
    }

    @Test
    void idsLookLikeAllOthersAndCarryTheSeriesTime() {
        List<String> series = drawn(SEED, false);
        String random = new IdGenerator(InstantSource.fixed(THEN)).next("upl_");

        assertThat(series.getFirst()).matches("upl_[0-9A-Za-z]{16}").startsWith(random.substring(0, 11));
        assertThat(series).anyMatch(id -> id.matches("wh_[0-9a-f]{16}"));
        assertThat(series).anyMatch(id -> id.matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-.{12}"));
    }

    @Test
    void anIdDoesNotDependOnWhatWasMadeOfOtherPrefixes() {
        String first;
        try (var open = IdSeries.of(SEED, THEN, false).open()) {
            first = ids.next("obj_");
        }
        try (var open = IdSeries.of(SEED, THEN, true).open()) {
            ids.next("blob_");
            ids.nextUuid();
            assertThat(ids.next("obj_")).isEqualTo(first);
            assertThat(ids.next("obj_")).isNotEqualTo(first);
        }
    }

    @Test
    void afterwardsAndOnOtherThreadsIdsAreRandom() {
        assertThat(ids.isRepeating()).isFalse();
        String within;
        try (var open = IdSeries.of(SEED, THEN, true).open()) {
            assertThat(ids.isRepeating()).isTrue();
            String elsewhere =
                    CompletableFuture.supplyAsync(() -> ids.next("obj_")).join();
            within = ids.next("obj_");
            assertThat(elsewhere).isNotEqualTo(within);
        }
        assertThat(ids.isRepeating()).isFalse();
        assertThat(ids.next("obj_")).isNotEqualTo(within);
    }

    @Test
    void workOnOtherThreadsTakesItsBranchAlong() {
        assertThat(branched(SEED)).isEqualTo(branched(SEED)).doesNotHaveDuplicates();
        try (var open = ids.branch().open()) {
            assertThat(ids.isRepeating()).isFalse();
            assertThat(ids.next("obj_")).isNotEqualTo(ids.next("obj_"));
        }
    }

    @Test
    void whatBelongsToOneRunOnlyIsAlwaysNew() {
        String first;
        try (var open = IdSeries.of(SEED, THEN, false).open()) {
            first = ids.nextOfThisRun("blob_");
        }
        try (var open = IdSeries.of(SEED, THEN, true).open()) {
            assertThat(ids.nextOfThisRun("blob_")).isNotEqualTo(first).matches("blob_[0-9A-Za-z]{16}");
        }
    }

    @Test
    void longIdsHaveNoPatternThatRepeats() {
        try (var open = IdSeries.of(SEED, THEN, false).open()) {
            String digits = ids.nextHex("", 128);
            assertThat(digits).hasSize(128);
            assertThat(digits.substring(0, 64)).isNotEqualTo(digits.substring(64));
        }
    }

    private List<String> drawn(byte[] seed, boolean repeating) {
        try (var open = IdSeries.of(seed, THEN, repeating).open()) {
            return List.of(
                    ids.next("upl_"),
                    ids.next("upl_"),
                    ids.next("obj_"),
                    ids.nextHex("wh_", 16),
                    ids.nextHex("wh_", 16),
                    ids.nextUuid().toString(),
                    ids.nextUuid().toString());
        }
    }

    private List<String> branched(byte[] seed) {
        try (var open = IdSeries.of(seed, THEN, false).open()) {
            List<IdGenerator.Branch> branches =
                    Stream.generate(ids::branch).limit(8).toList();
            List<CompletableFuture<String>> running = branches.stream()
                    .map(branch -> CompletableFuture.supplyAsync(() -> {
                        try (var own = branch.open()) {
                            return ids.next("obj_");
                        }
                    }))
                    .toList();
            return running.stream().map(CompletableFuture::join).toList();
        }
    }
}
