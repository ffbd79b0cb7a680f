package dev.waybill.blobs;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Runs many blocking calls in virtual threads, with bounded parallelism. */
public final class ParallelCalls {

    private static final int AT_ONCE = 16;

    private ParallelCalls() {}

    /** With the parallelism for calls to storage, {@value #AT_ONCE}. */
    static <T, R> List<R> each(List<T> all, Function<T, R> call) {
        return each(all, AT_ONCE, call);
    }

    /**
     * The results, in order. The first failure is thrown once the calls under way have ended; calls that have not begun
     * by then are not made.
     *
     * @param atOnce at least 1
     */
    public static <T, R> List<R> each(List<T> all, int atOnce, Function<T, R> call) {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            List<CompletableFuture<R>> results = all.stream()
                    .map(one -> CompletableFuture.supplyAsync(() -> call.apply(one), threads))
                    .toList();
            try {
                return results.stream().map(CompletableFuture::join).toList();
            } catch (CompletionException failed) {
                threads.shutdownNow();
                throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
            }
        }
    }
}
