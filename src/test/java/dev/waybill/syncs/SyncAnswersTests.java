package dev.waybill.syncs;

import static dev.waybill.syncs.runs.SyncFixtures.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.query.Page;
import dev.waybill.syncs.runs.SyncFixtures;
import dev.waybill.syncs.runs.SyncJson;
import dev.waybill.syncs.runs.SyncResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Field names of the responses to lists and triggers. */
class SyncAnswersTests {

    @Test
    void listsAlwaysHaveTheirTotal() {
        Page<SyncResponse> page = new Page<>(List.of(SyncFixtures.response()), 7L, 1, 0, "next");

        JsonNode list = SyncJson.MAPPER.valueToTree(ListSyncsResponse.of(page));
        JsonNode older = SyncJson.MAPPER.valueToTree(ListSyncsResponse.withOlderNames(page));

        assertThat(list.propertyNames()).containsExactlyInAnyOrder("results", "pagination", "total");
        assertThat(list.path("total").asInt()).isEqualTo(7);
        assertThat(list.at("/pagination/next_cursor").asString()).isEqualTo("next");
        assertThat(older.path("syncs")).isEqualTo(older.path("results")).hasSize(1);
        assertThat(older.path("total_count").asInt()).isEqualTo(7);
    }

    @Test
    void aTriggerReturnsItsRunUnderEachName() {
        JsonNode json = SyncJson.MAPPER.valueToTree(TriggerResponse.of("sync_1", RUN));

        for (String name : List.of("sync_job_id", "sync_run_id", "task_id")) {
            assertThat(json.path(name).asString()).isEqualTo(RUN);
        }
    }
}
