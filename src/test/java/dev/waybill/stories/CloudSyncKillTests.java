package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.ServiceProcess;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import dev.waybill.testing.WaybillClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * A process that copies a thousand files of Google Cloud Storage, or of Azure, is killed twice in the middle, and started
 * anew each time: all of them arrive, each once.
 */
@Tag("soak")
class CloudSyncKillTests {

    private static final int FILES = 1_000;
    private static final int KILLS = 2;

    static List<Cloud> clouds() {
        return Cloud.all();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void howeverOftenItIsKilledEveryFileArrivesOnce(Cloud cloud) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "waybill.fetch.allow", "127.0.0.1",
                "waybill.tasks.lease", "2s",
                "waybill.syncs.watch-after", "1s",
                "waybill.syncs.page-size", "50"));
        settings.putAll(cloud.settings());
        for (int i = 0; i < FILES; i++) {
            cloud.put(
                    "many/%04d.txt".formatted(i), "text number %d".formatted(i).getBytes(UTF_8));
        }
        Stores stores = Stores.create();
        ServiceProcess service = ServiceProcess.start(stores, settings);
        try {
            SyncedBucket bucket = SyncedBucket.create(client(service));
            String sync = bucket.created(cloud.request("many"));
            String run = bucket.triggered(sync);
            for (int kill = 1; kill <= KILLS; kill++) {
                long before = reads(cloud);
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> reads(cloud) - before >= FILES / (KILLS + 2));
                service.kill();
                service = ServiceProcess.start(stores, settings);
                bucket = bucket.through(client(service));
            }
            JsonNode ended = bucket.ended(sync, run, Duration.ofMinutes(5));
            assertThat(ended.at("/status").asString()).as(ended.toString()).isEqualTo("COMPLETED");
            assertThat(ended.at("/counts/created").asInt()).as(ended.toString()).isEqualTo(FILES);
            assertThat(ended.at("/listing/listed").asInt()).as(ended.toString()).isEqualTo(FILES);
            assertThat(bucket.objects()).isEqualTo(FILES);
            assertThat(bucket.ledger(sync).values())
                    .hasSize(FILES)
                    .allSatisfy(row -> assertThat(row.at("/state").asString()).isEqualTo("SYNCED"));
        } finally {
            service.close();
            cloud.close();
        }
    }

    private static long reads(Cloud cloud) {
        return cloud.server().seen().stream().filter(cloud::isRead).count();
    }

    private static WaybillClient client(ServiceProcess service) {
        return WaybillClient.of(service.base()).withKey(ServiceUnderTest.API_KEY);
    }
}
