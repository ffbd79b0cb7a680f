package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.BreakingProxy;
import dev.waybill.testing.BreakingProxy.Fault;
import dev.waybill.testing.Confidential;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.SourceBucket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Syncs from a real S3 server, whose answers a proxy in between breaks off, throttles, truncates and repeats. */
class SyncProxyStoryTests {

    private static final int FILES = 25;
    private static final ServiceUnderTest SERVICE = ServiceUnderTest.shared(Map.of(
            "waybill.fetch.allow", "127.0.0.1", "waybill.syncs.page-size", "10", "waybill.syncs.retry-pause", "20ms"));

    private final SourceBucket source = SourceBucket.create();
    private final BreakingProxy proxy = BreakingProxy.to(source.endpoint());
    private SyncedBucket bucket;
    private String sync;

    @AfterAll
    static void keepSecrets() {
        Confidential.assertKeptBy(SERVICE);
    }

    @BeforeEach
    void create() {
        for (int i = 0; i < FILES; i++) {
            source.put(key(i), content(i).getBytes(UTF_8));
        }
        bucket = SyncedBucket.create(SERVICE.client());
        Map<String, Object> connection = new LinkedHashMap<>(source.connection());
        connection.put("endpoint_url", proxy.endpoint());
        sync = bucket.created(
                Map.of("provider", "s3", "connection", connection, "sync_config", Map.of("source_path", "/files/")));
    }

    @AfterEach
    void close() {
        proxy.close();
        source.close();
    }

    @Test
    void interruptedAnswersAreResumed() {
        Set<String> before = ConcurrentHashMap.newKeySet();
        AtomicInteger turn = new AtomicInteger();
        proxy.spoils((target, number) ->
                before.add(target) ? turn.incrementAndGet() % 2 == 0 ? Fault.RESET : Fault.SHORT : null);

        JsonNode run = bucket.run(sync);

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("COMPLETED");
        assertThat(before).hasSizeGreaterThan(FILES);
        assertHasAll();
    }

    @Test
    void aThrottlingServerIsWaitedFor() {
        proxy.spoils((target, number) -> number % 4 == 0 ? Fault.SLOW_DOWN : null);

        JsonNode run = bucket.run(sync);

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("COMPLETED");
        assertThat(run.path("throttled").asInt()).isPositive();
        assertHasAll();
    }

    @Test
    void aFileThatIsAlwaysTruncatedBecomesADeadLetterAndTheOthersArrive() {
        proxy.spoils((target, number) -> target.contains("f007") ? Fault.SHORT : null);

        JsonNode run = bucket.run(sync);

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(run.at("/counts/created").asInt()).isEqualTo(FILES - 1);
        assertThat(bucket.explain(sync, key(7)).at("/verdict")).isIn("QUARANTINED", "FAILED");
        assertThat(bucket.objects()).isEqualTo(FILES - 1);
        proxy.spoils((target, number) -> null);

        bucket.post(sync, "/dlq/retry", Map.of("all", true));
        bucket.run(sync);

        assertHasAll();
    }

    @Test
    void aRepeatedListingFailsTheRun() {
        AtomicInteger listings = new AtomicInteger();
        proxy.spoils((target, number) ->
                BreakingProxy.isListing(target) && listings.incrementAndGet() > 1 ? Fault.REPEATED : null);

        JsonNode run = bucket.run(sync);

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("FAILED");
        assertThat(run.at("/error/code").asString()).isEqualTo("BROKEN_LISTING");
        assertThat(bucket.objects()).isEqualTo(10);
        proxy.spoils((target, number) -> null);

        JsonNode next = bucket.run(sync);

        assertThat(next.path("status").asString()).as(next.toString()).isEqualTo("COMPLETED");
        assertHasAll();
    }

    private void assertHasAll() {
        Map<String, JsonNode> ledger = bucket.ledger(sync);
        assertThat(ledger).hasSize(FILES);
        for (int i = 0; i < FILES; i++) {
            JsonNode row = ledger.get(key(i));
            assertThat(row.path("state").asString()).as(row.toString()).isEqualTo("SYNCED");
            assertThat(bucket.bytes(row.path("object_id").asString()))
                    .isEqualTo(content(i).getBytes(UTF_8));
        }
        assertThat(bucket.objects()).isEqualTo(FILES);
    }

    private static String key(int file) {
        return "files/f%03d.txt".formatted(file);
    }

    private static String content(int file) {
        return "The text of file %d. ".formatted(file).repeat(200);
    }
}
