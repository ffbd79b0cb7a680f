package dev.waybill.syncs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the ends that files come to, and publishes as many together as wait: one write for each when little goes on, one
 * for a hundred when much does. A page is told of each of its files when the ledger has it.
 */
final class PublicationQueue implements AutoCloseable {

    private static final End LAST = new End(PageProgress.ofNoPage(), null, null);

    /** @param ready null for a file that becomes no object; its row is there then */
    private record End(
            PageProgress page,
            Publication.@Nullable Ready ready,
            @Nullable LedgerEntity row) {}

    private final RunAttempt runAttempt;
    private final Publication publication;
    private final int most;
    private final Runnable told;
    private final BlockingQueue<End> waiting = new LinkedBlockingQueue<>();
    private final Thread publisher;

    /**
     * @param most how many are published together, at most
     * @param told is told after each file
     */
    PublicationQueue(RunAttempt runAttempt, Publication publication, int most, Runnable told) {
        this.runAttempt = runAttempt;
        this.publication = publication;
        this.most = most;
        this.told = told;
        this.publisher = Thread.ofVirtual().name("sync-ends").start(this::publishAll);
    }

    void add(PageProgress page, Publication.Ready ready) {
        waiting.add(new End(page, ready, null));
    }

    void add(PageProgress page, LedgerEntity row) {
        waiting.add(new End(page, null, row));
    }

    /** Publishes what waits still; where that cannot be done any more, its bytes go. */
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
            throw new IllegalStateException("nobody knows this thread", impossible);
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
            told.run();
        }
        for (End end : some) {
            end.page().ended();
            runAttempt.meter().ended.increment();
        }
    }
}
