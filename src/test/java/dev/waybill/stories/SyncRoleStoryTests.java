package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Confidential;
import dev.waybill.testing.Latches;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import dev.waybill.testing.SyntheticS3;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A source that is read by a role, whose sessions end. */
class SyncRoleStoryTests {

    private static final int FILES = 100;
    private static final Map<String, String> OWN_IDENTITY = Map.of(
            "aws.accessKeyId",
            "AKIASERVICE000000000",
            "aws.secretAccessKey",
            Confidential.secret("the-secret-of-the-service-itself"));

    private static SyntheticS3 source;
    private static ServiceUnderTest service;

    private final AtomicInteger reads = new AtomicInteger();

    @BeforeAll
    static void start() {
        // No other test uses the service's own AWS identity.
        OWN_IDENTITY.forEach(System::setProperty);
        source = SyntheticS3.start(FILES, 500);
        service = ServiceUnderTest.start(
                Stores.create(),
                Map.of(
                        "waybill.fetch.allow",
                        "127.0.0.1",
                        "waybill.syncs.page-size",
                        "25",
                        "waybill.connectors.s3.aws-endpoint",
                        source.endpoint(),
                        "waybill.connectors.s3.sts-endpoint",
                        source.endpoint()));
    }

    @AfterAll
    static void stop() {
        try {
            Confidential.assertKeptBy(service);
        } finally {
            service.close();
            source.close();
            OWN_IDENTITY.keySet().forEach(System::clearProperty);
        }
    }

    @BeforeEach
    void behave() {
        source.failing((key, number) -> null);
    }

    @Test
    void aSessionThatEndsInTheMiddleOfARunIsRenewedOnceByAllTogether() {
        SyncStory story = SyncStory.createByRole(service.client());
        int before = source.sessions();
        CountDownLatch together = new CountDownLatch(4);
        source.failing((key, number) -> {
            int read = key == null ? 0 : reads.incrementAndGet();
            if (read == FILES / 2) {
                source.endSessions();
            }
            if (read >= FILES / 2 && together.getCount() > 0) {
                // So that some are refused at once.
                together.countDown();
                Latches.await(together);
            }
            return null;
        });

        JsonNode run = story.ended(story.trigger());

        assertThat(run.at("/status").asString()).as(run.toString()).isEqualTo("COMPLETED");
        assertThat(run.at("/counts/created").asInt()).isEqualTo(FILES);
        assertThat(run.at("/counts/failed").asInt()).isZero();
        assertThat(run.at("/counts/quarantined").asInt()).isZero();
        assertThat(reads).as("what was refused was requested again").hasValueGreaterThan(FILES);
        assertThat(source.sessions() - before)
                .as("the run's, and the one after")
                .isEqualTo(2);
        story.assertHolds(source, FILES);
    }

    @Test
    void aSessionThatIsRefusedAgainAndAgainStopsTheRun() {
        SyncStory story = SyncStory.createByRole(service.client());
        source.failing((key, number) -> key == null ? null : SyntheticS3.Fault.EXPIRED_TOKEN);

        JsonNode run = story.ended(story.trigger());

        assertThat(run.at("/status").asString()).as(run.toString()).isEqualTo("FAILED");
        assertThat(run.at("/error/code").asString()).isEqualTo("EXPIRED_CREDENTIALS");
        assertThat(story.ledger()).doesNotContainKeys("QUARANTINED", "FAILED");
        source.failing((key, number) -> null);
        assertThat(story.ended(story.trigger()).at("/status").asString()).isEqualTo("COMPLETED");
        story.assertHolds(source, FILES);
    }
}
