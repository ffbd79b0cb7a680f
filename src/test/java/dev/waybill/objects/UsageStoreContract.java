package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.NOON;
import static dev.waybill.objects.ObjectFixtures.OTHER;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.SONGS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of usage marks promises. */
abstract class UsageStoreContract {

    static final BucketPlace HERE = new BucketPlace(ACME, PHOTOS);
    static final BucketPlace THERE = new BucketPlace(OTHER, SONGS);

    abstract UsageStore store();

    @Test
    void theWatermarkStartsAtTheEpochAndMovesBothWays() {
        assertThat(store().watermark()).isEqualTo(Instant.EPOCH);

        store().moveWatermark(NOON);
        store().moveWatermark(NOON.minusSeconds(1));

        assertThat(store().watermark()).isEqualTo(NOON.minusSeconds(1));
    }

    @Test
    void aMarkIsDueAtOnce() {
        mark(HERE, NOON);

        assertThat(store().due(NOON.minusMillis(1), 10)).isEmpty();
        UsageMark due = only(NOON);
        assertThat(due.place()).isEqualTo(HERE);
        assertThat(due.lastChange()).isEqualTo(NOON);
        assertThat(due.took()).isZero();
    }

    @Test
    void theLongestDueComeFirst() {
        mark(HERE, NOON.plusSeconds(1));
        mark(THERE, NOON);

        assertThat(store().due(NOON.plusSeconds(1), 10))
                .extracting(UsageMark::place)
                .containsExactly(THERE, HERE);
        assertThat(store().due(NOON.plusSeconds(1), 1)).hasSize(1);
    }

    @Test
    void knowsTheLatestChangeOfWhatIsMarked() {
        mark(HERE, NOON);
        store().mark(List.of(new BucketChange(HERE, NOON.minusSeconds(9))), NOON);

        assertThat(store().known(List.of(HERE, THERE))).containsOnlyKeys(HERE).containsEntry(HERE, NOON);
        assertThat(store().known(List.of())).isEmpty();
    }

    @Test
    void aComputedMarkRestsUntilItIsDueAgain() {
        mark(HERE, NOON);

        store().computed(only(NOON), NOON.plusSeconds(600), NOON.plusSeconds(5), Duration.ofMillis(500));

        assertThat(store().due(NOON.plusSeconds(599), 10)).isEmpty();
        assertThat(only(NOON.plusSeconds(600)).took()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aMarkThatChangedMeanwhileStaysDueButKeepsItsPause() {
        mark(HERE, NOON);
        UsageMark seen = only(NOON);
        mark(HERE, NOON);

        store().computed(seen, NOON.plusSeconds(600), NOON.plusSeconds(5), Duration.ofMillis(500));

        assertThat(store().due(NOON.plusSeconds(4), 10)).isEmpty();
        assertThat(only(NOON.plusSeconds(5)).generation()).isGreaterThan(seen.generation());
    }

    @Test
    void aNewChangeMakesARestingMarkDue() {
        mark(HERE, NOON);
        store().computed(only(NOON), NOON.plusSeconds(600), NOON, Duration.ZERO);

        mark(HERE, NOON.plusSeconds(1));

        assertThat(only(NOON.plusSeconds(1)).lastChange()).isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void ofManyClaimsAtOnceOneWins() throws Exception {
        mark(HERE, NOON);
        UsageMark seen = only(NOON);
        List<Callable<Boolean>> claims = IntStream.range(0, 16)
                .<Callable<Boolean>>mapToObj(i -> () -> store().claim(seen, NOON.plusSeconds(2 + i)))
                .toList();
        long won = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var claim : threads.invokeAll(claims)) {
                won += claim.get() ? 1 : 0;
            }
        }

        assertThat(won).isOne();
        assertThat(store().due(NOON.plusSeconds(1), 10)).isEmpty();
        assertThat(store().due(NOON.plusSeconds(60), 10)).hasSize(1);
    }

    @Test
    void forgetsAMarkUnlessItChanged() {
        mark(HERE, NOON);
        UsageMark seen = only(NOON);
        mark(HERE, NOON);

        store().forget(seen);
        assertThat(store().due(NOON, 10)).hasSize(1);

        store().forget(only(NOON));
        assertThat(store().due(NOON, 10)).isEmpty();
    }

    private void mark(BucketPlace place, Instant now) {
        store().mark(List.of(new BucketChange(place, now)), now);
    }

    private UsageMark only(Instant now) {
        List<UsageMark> due = store().due(now, 10);
        assertThat(due).hasSize(1);
        return due.getFirst();
    }
}
