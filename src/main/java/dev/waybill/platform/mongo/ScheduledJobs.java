package dev.waybill.platform.mongo;

import dev.waybill.platform.ids.DatabaseClock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.mongo.MongoLockProvider;
import net.javacrumbs.shedlock.spring.annotation.EnableSchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Periodic jobs of all modules, each under a distributed lock. A method of a bean becomes one with
 *
 * <pre>{@code
 * @Scheduled(fixedDelayString = "${waybill.uploads.sweep-interval:1m}")
 * @SchedulerLock(name = "uploads.expiry", lockAtMostFor = "5m")
 * void sweep() { ... }
 * }</pre>
 *
 * <p>The lock, a document of the collection {@code locks}, lets one instance at a time do the job. It is given up when
 * the method returns, and taken over when its instance dies, after {@code lockAtMostFor} by the
 * database's clock: a job must live with being done twice. With a {@code lockAtLeastFor} near the interval the job runs
 * once per interval in all, instead of once on each instance.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableSchedulerLock(defaultLockAtMostFor = "5m")
class ScheduledJobs {

    private static final Logger log = LoggerFactory.getLogger(ScheduledJobs.class);
    private static final int SIDE_BY_SIDE = 8;
    private static final int SECONDS_TO_END = 10;

    @Bean
    LockProvider locks(MongoDatabaseFactory mongo, DatabaseClock clock) {
        // The library has one clock for all of its locks, and no other place to set it.
        InstantSource databaseTime = clock::instant;
        ClockProvider.setClock(databaseTime.withZone(ZoneOffset.UTC));
        return new MongoLockProvider(mongo.getMongoDatabase().getCollection("locks"));
    }

    /**
     * Several threads, so that a long job holds up no other. Spring's own scheduler for virtual threads would run all
     * jobs with a fixed delay on a single one.
     */
    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(SIDE_BY_SIDE);
        scheduler.setVirtualThreads(true);
        scheduler.setThreadNamePrefix("job-");
        scheduler.setAwaitTerminationSeconds(SECONDS_TO_END);
        scheduler.setErrorHandler(ScheduledJobs::failed);
        return scheduler;
    }

    /** A store that is away makes every job fail until it is back; one line each time is enough. */
    private static void failed(Throwable failure) {
        if (MongoFailures.isUnavailable(failure)) {
            log.warn("A periodic job waits for MongoDB: {}", failure.getClass().getSimpleName());
        } else {
            log.error("A periodic job failed and is tried again at its next turn", failure);
        }
    }
}
