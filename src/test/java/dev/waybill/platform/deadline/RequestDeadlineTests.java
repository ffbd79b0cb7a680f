package dev.waybill.platform.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class RequestDeadlineTests {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration A_MOMENT = Duration.ofMillis(50);

    @Test
    void whereNoRequestIsServedNothingIsLimited() {
        assertThat(RequestDeadline.left()).isNull();
        try (RequestDeadline.Section section = RequestDeadline.uncounted()) {
            assertThat(RequestDeadline.left()).isNull();
        }
    }

    @Test
    void timePassesUntilNothingIsLeft() {
        try (RequestDeadline.Section request = RequestDeadline.open(A_MOMENT)) {
            assertThat(RequestDeadline.left()).isPositive().isLessThanOrEqualTo(A_MOMENT);
            passes(A_MOMENT);
            assertThat(RequestDeadline.left()).isZero();
        }
        assertThat(RequestDeadline.left()).isNull();
    }

    @Test
    void itStandsStillWhileAnyThreadOfTheRequestWaitsElsewhere() throws Exception {
        try (RequestDeadline.Section request = RequestDeadline.open(LONG)) {
            CountDownLatch end = new CountDownLatch(1);
            CompletableFuture<Void> there = new CompletableFuture<>();
            Duration before;
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                threads.submit(() -> {
                    try (RequestDeadline.Section section = RequestDeadline.uncounted()) {
                        there.complete(null);
                        end.await();
                    }
                    return null;
                });
                there.join();
                before = RequestDeadline.left();
                try (RequestDeadline.Section mine = RequestDeadline.uncounted()) {
                    passes(A_MOMENT);
                }
                passes(A_MOMENT);
                assertThat(RequestDeadline.left()).isEqualTo(before);
                end.countDown();
            }
            passes(A_MOMENT);
            assertThat(RequestDeadline.left()).isLessThanOrEqualTo(before.minus(A_MOMENT));
        }
    }

    @Test
    void threadsBelongToTheRequestUntilItIsAnswered() {
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            try (RequestDeadline.Section request = RequestDeadline.open(LONG)) {
                assertThat(left(pool)).isPositive();
            }
            assertThat(left(pool)).isNull();
        }
    }

    private static Duration left(ExecutorService pool) {
        return CompletableFuture.supplyAsync(RequestDeadline::left, pool).join();
    }

    private static void passes(Duration time) {
        long begun = System.nanoTime();
        await().pollInterval(Duration.ofMillis(5)).until(() -> System.nanoTime() - begun > time.toNanos());
    }
}
