package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.connectors.box.FakeBox;
import dev.waybill.connectors.mux.FakeMux;
import dev.waybill.testing.ServiceProcess;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import dev.waybill.testing.WaybillClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A process that copies a thousand files of Box, or Mux, is killed in the middle: another one finishes the run. */
@Tag("soak")
class BoxAndMuxKillTests {

    private static final int FILES = 1_000;

    @ParameterizedTest
    @EnumSource
    void everyFileArrivesOnce(FilmSource from) {
        try (FakeBox box = new FakeBox();
                FakeMux mux = new FakeMux()) {
            from.put(box, mux, FILES);
            Map<String, String> settings = new HashMap<>(FilmSource.endpoints(box, mux));
            settings.put("waybill.syncs.page-size", "100");
            settings.put("waybill.tasks.lease", "2s");
            settings.put("waybill.syncs.watch-after", "1s");
            Stores stores = Stores.create();
            ServiceProcess doomed = ServiceProcess.start(stores, settings);
            SyncStory story = from.story(client(doomed));
            String run = story.trigger();
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> box.downloads().size() + mux.delivered().size() >= FILES / 2);

            doomed.kill();

            try (ServiceProcess another = ServiceProcess.start(stores, settings)) {
                SyncStory later = story.through(client(another));
                JsonNode ended = later.ended(run);
                assertThat(ended.at("/status").asString()).as(ended.toString()).isEqualTo("COMPLETED");
                assertThat(ended.at("/counts/created").asInt())
                        .as(ended.toString())
                        .isEqualTo(FILES);
                assertThat(later.totals()).containsExactly((long) FILES, (long) FILES, 0L);
                assertThat(later.ledger()).isEqualTo(Map.of("SYNCED", FILES));
                assertThat(later.objects()).hasSize(FILES);
            }
        }
    }

    private static WaybillClient client(ServiceProcess service) {
        return WaybillClient.of(service.base()).withKey(ServiceUnderTest.API_KEY);
    }
}
