package dev.waybill.platform.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.ids.DatabaseClock;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.scheduling.annotation.Scheduled;

@OnEveryDatabase
class ScheduledJobsTests {

    /** Jobs as modules write them. */
    static class Jobs {

        final AtomicInteger rounds = new AtomicInteger();
        final AtomicInteger once = new AtomicInteger();
        volatile boolean virtual;

        @Scheduled(fixedDelayString = "10ms")
        @SchedulerLock(name = "tests.short", lockAtMostFor = "1m")
        void brief() {
            virtual = Thread.currentThread().isVirtual();
            rounds.incrementAndGet();
        }

        @Scheduled(fixedDelayString = "10ms")
        @SchedulerLock(name = "tests.once", lockAtMostFor = "1m", lockAtLeastFor = "1m")
        void once() {
            once.incrementAndGet();
        }

        // Read through these, because the bean is a proxy, and a proxy's fields are empty.
        int rounds() {
            return rounds.get();
        }

        int onces() {
            return once.get();
        }

        boolean isVirtual() {
            return virtual;
        }
    }

    private final Databases.Database database;

    ScheduledJobsTests(Databases where) {
        database = where.fresh();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aJobRunsOnOneInstanceAtATime() {
        instance()
                .run(one -> instance().run(two -> {
                    Jobs here = one.getBean(Jobs.class);
                    Jobs there = two.getBean(Jobs.class);
                    await().atMost(Duration.ofSeconds(20)).until(() -> here.rounds() > 3 && there.rounds() > 3);

                    assertThat(here.isVirtual()).isTrue();
                    assertThat(here.onces() + there.onces()).isOne();
                }));
        assertThat(database.client()
                        .getDatabase(database.name())
                        .getCollection("locks")
                        .countDocuments())
                .isEqualTo(2);
    }

    private ApplicationContextRunner instance() {
        return new ApplicationContextRunner()
                .withBean(
                        MongoDatabaseFactory.class,
                        () -> new SimpleMongoClientDatabaseFactory(database.client(), database.name()))
                .withBean(DatabaseClock.class, () -> new DatabaseClock(InstantSource.system()))
                .withBean(Jobs.class)
                .withUserConfiguration(ScheduledJobs.class);
    }
}
