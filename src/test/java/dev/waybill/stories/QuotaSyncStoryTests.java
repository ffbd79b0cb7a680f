package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What syncs bring counts against the quota; a run ends when the quota is full, and the next one goes on. */
class QuotaSyncStoryTests extends ScriptedSyncStory {

    private static final int BYTES = "text of a.txt".length();

    @Test
    void aRunEndsWhereTheQuotaDoesAndTheNextOneGoesOn() {
        Quota quota = Quota.of(2L * BYTES + 1, SERVICE.client());
        SyncedBucket synced = SyncedBucket.in(quota.shop());
        for (String name : new String[] {"a.txt", "b.txt", "c.txt"}) {
            put(name);
        }
        String sync = synced.created(request(Map.of("connection_id", Tenant.connected(synced.client(), "scripted"))));

        JsonNode run = synced.run(sync);

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("FAILED");
        assertThat(run.toString()).contains("QUOTA_EXCEEDED", "storage quota of %d bytes".formatted(2 * BYTES + 1));
        assertThat(synced.objects()).isLessThanOrEqualTo(2);
        long before = synced.objects();
        quota.assertHeld(before * BYTES, 0);

        synced.objectsByPath().values().stream()
                .limit(1)
                .forEach(object -> synced.client()
                        .delete(quota.shop()
                                .path("/objects/" + object.at("/object_id").asString())));
        put("d.txt");
        Answer usage = quota.usage();
        assertThat(usage.json().at("/used_bytes").asLong()).isEqualTo(Math.max(0, before - 1) * BYTES);
        synced.run(sync);
        assertThat(synced.objects()).isBetween((int) before, 2);
        quota.assertHeld((long) synced.objects() * BYTES, 0);
    }
}
