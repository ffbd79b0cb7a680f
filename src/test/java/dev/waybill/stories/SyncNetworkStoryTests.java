package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Confidential;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import dev.waybill.testing.SyntheticS3;
import dev.waybill.testing.SyntheticS3.Fault;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A source over HTTP that breaks connections, throttles and repeats itself: every file arrives all the same, once. */
@Order(2)
class SyncNetworkStoryTests {

    private static final int FILES = 60;

    private static ServiceUnderTest service;

    private final SyntheticS3 source = SyntheticS3.start(FILES, 3_000);

    @BeforeAll
    static void start() {
        service = ServiceUnderTest.start(
                Stores.create(), Map.of("waybill.fetch.allow", "127.0.0.1", "waybill.syncs.page-size", "25"));
    }

    @AfterAll
    static void stop() {
        Confidential.assertKeptBy(service);
        service.close();
    }

    @AfterEach
    void stopTheSource() {
        source.close();
    }

    @Test
    void interruptedReadsAreResumed() {
        SyncStory story = story();
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        source.failing((key, number) -> key != null && tries.merge(key, 1, Integer::sum) == 1 ? Fault.CUT : null);

        JsonNode run = story.ended(story.trigger());

        assertThat(run.at("/status").asString()).as(run.toString()).isEqualTo("COMPLETED");
        story.assertHolds(source, FILES);
    }

    @Test
    void aThrottlingSourceIsWaitedFor() {
        SyncStory story = story();
        source.failing((key, number) -> number % 25 == 7 ? Fault.SLOW_DOWN : null);

        JsonNode run = story.ended(story.trigger());

        assertThat(run.at("/status").asString()).as(run.toString()).isEqualTo("COMPLETED");
        assertThat(run.at("/throttled").asInt()).isPositive();
        assertThat(run.at("/counts/quarantined").asInt()).isZero();
        story.assertHolds(source, FILES);
    }

    @Test
    void aTruncatedListingWithoutATokenContinuesAfterItsLastKey() {
        SyncStory story = story();
        AtomicInteger listings = new AtomicInteger();
        source.failing((key, number) -> key == null && listings.incrementAndGet() <= 2 ? Fault.NO_TOKEN : null);

        JsonNode run = story.ended(story.trigger());

        assertThat(run.at("/status").asString()).as(run.toString()).isEqualTo("COMPLETED");
        assertThat(listings).as("60 files, 25 a page").hasValueGreaterThanOrEqualTo(3);
        story.assertHolds(source, FILES);
    }

    @Test
    void aListingWithoutAnEndFailsTheRun() {
        SyncStory story = story();
        source.failing((key, number) -> key == null ? Fault.NO_TOKEN : null);

        JsonNode run = story.ended(story.trigger());

        assertThat(run.at("/status").asString()).as(run.toString()).isEqualTo("FAILED");
        assertThat(run.at("/error/code").asString()).isEqualTo("BROKEN_LISTING");
        source.failing((key, number) -> null);
        assertThat(story.ended(story.trigger()).at("/status").asString()).isEqualTo("COMPLETED");
        story.assertHolds(source, FILES);
    }

    @Test
    void filesThatAlwaysFailAreListedByNameAndRetriedOnDemand() {
        SyncStory story = story();
        String bad = SyntheticS3.key(17);
        source.failing((key, number) -> bad.equals(key) ? Fault.INTERNAL_ERROR : null);

        JsonNode run = story.ended(story.trigger());

        assertThat(run.at("/status").asString()).as(run.toString()).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(story.ledger()).containsEntry("SYNCED", FILES - 1);
        JsonNode dead = story.client().post(story.path("/dlq"), Map.of()).json().at("/results");
        assertThat(dead).hasSize(1);
        assertThat(dead.at("/0/key").asString()).isEqualTo(bad);
        source.failing((key, number) -> null);
        assertThat(story.client()
                        .post(story.path("/dlq/retry"), Map.of("all", true))
                        .json()
                        .at("/requeued")
                        .asInt())
                .isOne();
        assertThat(story.ended(story.trigger()).at("/status").asString()).isEqualTo("COMPLETED");
        story.assertHolds(source, FILES);
    }

    @Test
    void theSecondRunReadsOnlyWhatChanged() {
        SyncStory story = story();
        story.ended(story.trigger());
        long before = source.requests().get("get");
        source.change(5);

        JsonNode run = story.ended(story.trigger());

        assertThat(run.at("/counts/updated").asInt()).as(run.toString()).isOne();
        assertThat(run.at("/counts/unchanged").asInt()).isEqualTo(FILES - 1);
        assertThat(source.requests().get("get") - before).isOne();
        story.assertHolds(source, FILES);
        assertThat(story.totals()).containsExactly(2L * FILES, FILES + 1L, 0L);
    }

    private SyncStory story() {
        return SyncStory.create(service.client(), source);
    }
}
