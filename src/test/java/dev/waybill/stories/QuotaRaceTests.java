package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.Race;
import dev.waybill.testing.Soak;
import dev.waybill.testing.Studio;
import dev.waybill.testing.WaybillClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.bson.Document;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;

/** Eight requests for the last bytes of a quota at once, through two instances; with {@code -Psoak} 200 times each. */
@Order(5)
@ResourceLock(CrashStory.EAGER)
class QuotaRaceTests extends CrashStory {

    private static final int CREATORS = 8;
    private static final int QUOTA = 1000;

    /** Of each round of a race. */
    private static final int ROUNDS = Soak.count(1, 4);

    QuotaRaceTests() {
        super(EAGER);
    }

    @Race
    void oneOfEightUploadRequestsGetsTheLastBytes() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            round(this::asking);
        }
    }

    @Race
    void oneOfEightByAnyWayOfIngestionGetsTheLastBytes() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            round(this::anyDoor);
        }
    }

    private interface Doors {
        IntFunction<Boolean> of(Quota quota, Studio studio);
    }

    private void round(Doors doors) throws Exception {
        Quota here = Quota.of(QUOTA, survivor().client());
        try (CrashableService other = dyingAt("nowhere")) {
            Quota there = here.through(other.client());
            Studio studio = Studio.open(
                    survivor().client().withKey(here.key()), survivor().anonymous());
            Studio elsewhere = studio.through(other.base(), here.key());
            String filled = here.create(100).at("/object_id");
            IntFunction<Boolean> first = doors.of(here, studio);
            IntFunction<Boolean> second = doors.of(there, elsewhere);

            List<Boolean> won = atOnce(here, turn -> (turn % 2 == 0 ? first : second).apply(turn));

            assertThat(won).containsOnlyOnce(true);
            assertThat(held(here)).isEqualTo(QUOTA);
            here.shop().client().delete(here.shop().path("/objects/" + filled));
            assertThat(held(there)).isEqualTo(QUOTA - 100);
            assertNothingIsLeft(here, studio);
        }
    }

    private IntFunction<Boolean> asking(Quota quota, Studio studio) {
        return turn -> isGranted(quota.ask(900));
    }

    private IntFunction<Boolean> anyDoor(Quota quota, Studio studio) {
        return turn -> switch (turn / 2) {
            case 0 -> isGranted(quota.ask(900));
            case 1 -> isGranted(quota.shop().confirm(quota.put(null, 900)));
            case 2 -> isGranted(quota.create(900));
            default -> isGranted(studio.announce(studio.begin(), "a.png", "image/png", 900));
        };
    }

    private static boolean isGranted(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isIn(200, 403);
        return answer.status() == 200;
    }

    /** Meanwhile another thread checks that no more is held than the quota. */
    private static List<Boolean> atOnce(Quota quota, IntFunction<Boolean> one) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> most = threads.submit(() -> {
                long seen = 0;
                while (!over.get()) {
                    seen = Math.max(seen, held(quota));
                }
                return seen;
            });
            List<Future<Boolean>> running = new ArrayList<>();
            for (int turn = 0; turn < CREATORS; turn++) {
                int index = turn;
                running.add(threads.submit(() -> one.apply(index)));
            }
            List<Boolean> results = new ArrayList<>();
            for (Future<Boolean> each : running) {
                results.add(each.get());
            }
            over.set(true);
            assertThat(most.get()).isLessThanOrEqualTo(QUOTA);
            return results;
        }
    }

    private static long held(Quota quota) {
        JsonNode usage = quota.usage().json();
        return usage.at("/used_bytes").asLong() + usage.at("/reserved_bytes").asLong();
    }

    /** Deletes everything; then nothing is used or reserved. */
    private void assertNothingIsLeft(Quota quota, Studio studio) {
        WaybillClient client = quota.shop().client();
        for (String kind : List.of("object", "upload")) {
            String path = quota.shop().path("/" + kind + "s");
            client.post(path + "/list?limit=100")
                    .json()
                    .at("/results")
                    .forEach(row -> client.delete(
                            path + "/" + row.at("/" + kind + "_id").asString()));
        }
        survivor().takeTasks();
        studio.admin().delete("/v1/organizations/projects/" + studio.project());
        await().untilAsserted(() -> quota.assertHeld(0, 0));
        Document balance = survivor()
                .bean(MongoTemplate.class)
                .getCollection("storage_balances")
                .find(new Document("_id", quota.usage().at("/organization_id")))
                .first();
        assertThat(balance).isNotNull().containsEntry("held", 0L).containsEntry("reservations", new Document());
    }
}
