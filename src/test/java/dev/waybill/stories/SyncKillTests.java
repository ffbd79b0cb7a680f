package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.ServiceProcess;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import dev.waybill.testing.SyntheticS3;
import dev.waybill.testing.WaybillClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A process that copies twenty thousand files is killed ten times in the middle, and started anew each time: all of them
 * arrive, each once.
 */
@Tag("soak")
class SyncKillTests {

    private static final int FILES = Integer.getInteger("waybill.test.files", 20_000);
    private static final int KILLS = 10;
    private static final Map<String, String> SETTINGS = Map.of(
            "waybill.fetch.allow", "127.0.0.1",
            "waybill.tasks.lease", "2s",
            "waybill.syncs.watch-after", "1s");

    @Test
    void howeverOftenItIsKilledEveryFileArrivesOnce() {
        Stores stores = Stores.create();
        try (SyntheticS3 source = SyntheticS3.start(FILES, 500)) {
            ServiceProcess service = ServiceProcess.start(stores, SETTINGS);
            SyncStory story = SyncStory.create(client(service), source);
            String run = story.trigger();
            for (int kill = 1; kill <= KILLS; kill++) {
                long before = source.requests().get("get");
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> source.requests().get("get") - before >= FILES / (KILLS + 3));
                service.kill();
                service = ServiceProcess.start(stores, SETTINGS);
                story = story.through(client(service));
            }
            try (ServiceProcess last = service) {
                JsonNode ended = story.ended(run);
                assertThat(ended.at("/status").asString()).as(ended.toString()).isEqualTo("COMPLETED");
                assertThat(ended.at("/counts/created").asInt())
                        .as(ended.toString())
                        .isEqualTo(FILES);
                assertThat(ended.at("/listing/listed").asInt())
                        .as(ended.toString())
                        .isEqualTo(FILES);
                assertThat(story.totals()).containsExactly((long) FILES, (long) FILES, 0L);
                assertThat(story.ledger()).isEqualTo(Map.of("SYNCED", FILES));
                story.assertHolds(source, FILES);
                System.out.printf(
                        "%d files, %d kills: %d reads, so %d for a second time%n",
                        FILES,
                        KILLS,
                        source.requests().get("get"),
                        source.requests().get("get") - FILES);
            }
        }
    }

    private static WaybillClient client(ServiceProcess service) {
        return WaybillClient.of(service.base()).withKey(ServiceUnderTest.API_KEY);
    }
}
