package dev.waybill.syncs.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Queue of finished files that are published in batches: as many together as are waiting, one by one under low load, up
 * to a hundred under high load. A page is notified of each of its files when the ledger has its row.
 */
final class PublicationQueue implements AutoCloseable {

    private static final End LAST = new End(PageProgress.ofNoPage(), null, null);

    /** @param ready null for a file without an object; its row is not null then */
    private record End(
            PageProgress page,
            Publication.@Nullable Ready ready,
            @Nullable LedgerEntity row) {}

    private final RunAttempt runAttempt;
    private final Publication publication;
    private final int most;
    private final Runnable onPublished;
    private final BlockingQueue<End> waiting = new LinkedBlockingQueue<>();
    private final Thread publisher;

    /**
     * @param most how many are published together, at most
     * @param onPublished runs after each file
     */
    PublicationQueue(RunAttempt runAttempt, Publication publication, int most, Runnable onPublished) {
        this.runAttempt = runAttempt;
        this.publication = publication;
        this.most = most;
        this.onPublished = onPublished;
        this.publisher = Thread.ofVirtual().name("sync-ends").start(this::publishAll);
    }

    void add(PageProgress page, Publication.Ready ready) {
        waiting.add(new End(page, ready, null));
    }

    void add(PageProgress page, LedgerEntity row) {
        waiting.add(new End(page, null, row));
    }

    /** Publishes what is still queued; where that is not possible any more, deletes its bytes. */
    @Override
    public void close() {
        waiting.add(LAST);
        boolean interrupted = false;
        while (publisher.isAlive()) {
            try {
                publisher.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        publication.discard(
                waiting.stream().flatMap(end -> Stream.ofNullable(end.ready())).toList());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void publishAll() {
        try {
            boolean last = false;
            while (!last) {
                List<End> some = new ArrayList<>();
                some.add(waiting.take());
                waiting.drainTo(some, most - 1);
                last = some.remove(LAST);
                publish(some);
            }
        } catch (FencedException fencedException) {
            runAttempt.halt().because(new HaltReason.Reason.Fenced());
        } catch (RuntimeException broken) {
            runAttempt.halt().because(new HaltReason.Reason.Broken(broken));
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("nothing interrupts this thread", impossible);
        } catch (Error fatal) {
            runAttempt.halt().because(fatal);
            throw fatal;
        }
    }

    private void publish(List<End> some) {
        List<Publication.Ready> files = new ArrayList<>();
        List<LedgerEntity> rows = new ArrayList<>();
        for (End end : some) {
            if (end.ready() != null) {
                files.add(end.ready());
            } else if (end.row() != null) {
                rows.add(end.row());
            }
        }
        if (!some.isEmpty()) {
            publication.publish(runAttempt, files, rows);
            onPublished.run();
        }
        for (End end : some) {
            end.page().ended();
            runAttempt.cost().ended.increment();
        }
    }
}
