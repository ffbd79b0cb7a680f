package dev.waybill.blobs;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Many calls that wait for others, a few at a time. */
public final class ParallelCalls {

    private static final int AT_ONCE = 16;

    private ParallelCalls() {}

    /** As many at once as storage is asked. */
    static <T, R> List<R> each(List<T> all, Function<T, R> call) {
        return each(all, AT_ONCE, call);
    }

    /**
     * One answer for each, in their order. The first failure is thrown, once the calls under way have come to their end;
     * what has not begun by then is not done.
     *
     * @param atOnce at least 1
     */
    public static <T, R> List<R> each(List<T> all, int atOnce, Function<T, R> call) {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            List<CompletableFuture<R>> answers = all.stream()
                    .map(one -> CompletableFuture.supplyAsync(() -> call.apply(one), threads))
                    .toList();
            try {
                return answers.stream().map(CompletableFuture::join).toList();
            } catch (CompletionException failed) {
                threads.shutdownNow();
                throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
            }
        }
    }
}
