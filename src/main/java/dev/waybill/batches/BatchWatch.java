package dev.waybill.batches;

import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks after batches that nobody else would: whose task was never submitted because of a crash, was canceled on its own,
 * or was given up; tells the objects of those that were stopped; and removes those that were left half made or half deleted.
 */
@Component
class BatchWatch {

    private static final String GIVEN_UP = "The work on the batch was given up after repeated failures. Retry it.";
    private static final Logger LOG = LoggerFactory.getLogger(BatchWatch.class);
    private static final int PAGE = 100;
    private static final int MAX_PAGES = 50;

    private final BatchStore store;
    private final BatchRemoval removal;
    private final Standings standings;
    private final Submissions submissions;
    private final BatchNews news;
    private final BatchProperties properties;
    private final InstantSource clock;

    BatchWatch(
            BatchStore store,
            BatchRemoval removal,
            Standings standings,
            Submissions submissions,
            BatchNews news,
            BatchProperties properties,
            InstantSource clock) {
        this.store = store;
        this.removal = removal;
        this.standings = standings;
        this.submissions = submissions;
        this.news = news;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${waybill.batches.watch-interval:2s}")
    @SchedulerLock(name = "batch-watch", lockAtMostFor = "PT15S")
    public void run() {
        for (int page = 0; page < MAX_PAGES; page++) {
            List<BatchStore.Watched> due = store.due(clock.instant(), PAGE);
            due.forEach(this::lookSafely);
            if (due.size() < PAGE) {
                return;
            }
        }
    }

    /** One that cannot be helped just now waits; the others do not wait for it. */
    private void lookSafely(BatchStore.Watched watched) {
        try {
            look(watched);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Batch {} could not be looked after; it is tried again",
                    watched.batch().id(),
                    e);
            store.checkAgain(watched.batch(), clock.instant().plus(properties.watchAfter()));
        }
    }

    private void look(BatchStore.Watched watched) {
        Batch batch = watched.batch();
        Instant now = clock.instant();
        if (watched.hidden()) {
            removal.remove(batch);
            return;
        }
        if (!batch.isActive()) {
            standings.tellStopped(batch);
            return;
        }
        TaskId id = batch.task();
        if (batch.isActive() && id != null) {
            Task task = submissions.task(batch, id);
            switch (task.status()) {
                case CANCELED -> store.stop(batch, null, now);
                case FAILED, COMPLETED, COMPLETED_WITH_ERRORS -> {
                    news.ending(batch, TaskStatus.FAILED, GIVEN_UP, now);
                    store.stop(batch, GIVEN_UP, now);
                }
                default -> {}
            }
        }
        store.checkAgain(batch, now.plus(properties.watchAfter()));
    }
}
