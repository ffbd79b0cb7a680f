package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.connectors.ScriptedSource;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits of concurrent runs of syncs: however many there are, and however long they take, other tasks go on. */
class SyncSlotsStoryTests {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ORGANIZATIONS = 4;
    private static final int SYNCS = 5;
    private static final int SHARE = 3;

    /** Of sixteen slots. */
    private static final int HALF = 8;

    private static final ServiceUnderTest SERVICE = ServiceUnderTest.shared(
            Map.of("waybill.syncs.runs-per-organization", String.valueOf(SHARE), "waybill.syncs.watch-after", "1s"));

    private final ScriptedSource script = SERVICE.bean(ScriptedSource.class);
    private final String folder = UUID.randomUUID().toString();

    private record Made(SyncedBucket bucket, String sync) {

        Begun begin() {
            return new Begun(bucket, sync, bucket.triggered(sync));
        }
    }

    private record Begun(SyncedBucket bucket, String sync, String run) {

        String status() {
            return bucket.client().get(bucket.path("/" + sync + "/jobs/" + run)).at("/status");
        }

        String task() {
            return bucket.client().get("/v1/tasks/" + run).at("/status");
        }
    }

    @AfterEach
    void behave() {
        script.behave();
    }

    @Test
    void runsLeaveSlotsForOtherTasksAndForRunsOfOthers() {
        script.put(folder + "/a.txt", "text");
        Workspace shop = Workspace.create(SERVICE.client());
        List<List<Made>> syncs = IntStream.range(0, ORGANIZATIONS)
                .mapToObj(i -> made("%d-%s".formatted(i, folder)))
                .toList();
        CountDownLatch end = new CountDownLatch(1);
        script.on(Call.LIST).waitsFor(end);
        List<List<Begun>> runs = new ArrayList<>();
        try {
            syncs.forEach(own -> runs.add(own.stream().map(Made::begin).toList()));
            List<Begun> all = runs.stream().flatMap(List::stream).toList();
            await().atMost(SOON).until(() -> count(all, "PROCESSING") == HALF);

            Answer confirmed = shop.settled(shop.confirmAll(shop.putJpegs(2)).at("/task_id"));

            assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
            assertThat(count(all, "PROCESSING")).isEqualTo(HALF);
            assertThat(all.stream().filter(run -> run.status().equals("PENDING")))
                    .hasSize(ORGANIZATIONS * SYNCS - HALF)
                    .allSatisfy(run -> assertThat(run.task()).isEqualTo("PENDING"));
            assertThat(runs)
                    .allSatisfy(own -> assertThat(count(own, "PROCESSING")).isLessThanOrEqualTo(SHARE));
        } finally {
            end.countDown();
        }
        runs.stream()
                .flatMap(List::stream)
                .forEach(run -> assertThat(run.bucket()
                                .ended(run.sync(), run.run())
                                .at("/status")
                                .asString())
                        .isEqualTo("COMPLETED"));
    }

    private static long count(List<Begun> runs, String status) {
        return runs.stream().filter(run -> run.status().equals(status)).count();
    }

    /** Syncs of an organization of their own. */
    private List<Made> made(String mark) {
        Answer founded = Tenant.founded(SERVICE.client(), mark);
        WaybillClient organization = SERVICE.client().withKey(founded.at("/api_key/key"));
        SyncedBucket bucket = SyncedBucket.create(organization);
        Map<String, Object> request = Map.of(
                "connection_id",
                Tenant.connected(organization, "scripted"),
                "source_path",
                "elsewhere/" + folder,
                "polling_interval_seconds",
                900);
        return Stream.generate(() -> new Made(bucket, bucket.created(request)))
                .limit(SYNCS)
                .toList();
    }
}
