package dev.waybill.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting for another thread where no checked exception may be thrown. */
public final class Latches {

    private Latches() {}

    /**
     * Waits for a minute at most, so that a test that fails does not hang for ever. Whoever is interrupted goes on at
     * once, and stays interrupted.
     *
     * @throws IllegalStateException after that minute
     */
    public static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the latch did not open");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
