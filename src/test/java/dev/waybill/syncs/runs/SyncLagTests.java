package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The metric of the lag of runs behind their schedule. */
@Order(4)
class SyncLagTests extends SyncBench {

    private static final Duration LATE = Duration.ofMinutes(10);

    @Test
    void timeInTheQueueCountsAsLag() {
        run();
        mongo.getCollection(SyncEntity.COLLECTION)
                .updateOne(
                        new Document("_id", sync.key()),
                        new Document(
                                "$set",
                                new Document(
                                        "next_sync_at", Date.from(Instant.now().minus(LATE)))));
        HandRun check = new HandRun(hand(sync, reread().lastRun()).task(), sync.key());
        long before = lag().count();
        double seconds = lag().totalTime(TimeUnit.SECONDS);

        SERVICE.bean(SyncCheck.class).run(check);
        assertThat(lag().count()).as("it waits still").isEqualTo(before);
        work(hand(sync, reread().current().run()));

        assertThat(lag().count()).isEqualTo(before + 1);
        assertThat(lag().totalTime(TimeUnit.SECONDS) - seconds).isGreaterThanOrEqualTo(LATE.toSeconds());
        run();
        assertThat(lag().count()).as("nobody waits by a schedule for a trigger").isEqualTo(before + 1);
    }

    private Timer lag() {
        return SERVICE.bean(MeterRegistry.class).get("waybill.syncs.lag").timer();
    }
}
