package dev.waybill.platform.mongo;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Random backoff for conditional updates: of many who change one document at once, each gets through when they do not
 * all retry at the same moment.
 */
public final class Contention {

    private static final int EAGER_ROUNDS = 3;
    private static final int LONGEST_PAUSE_MILLIS = 25;

    private Contention() {}

    /**
     * Waits before the next attempt: not at all at first, then up to {@value #LONGEST_PAUSE_MILLIS} ms.
     *
     * @param round how many attempts were made before, 0 after the first one
     * @throws WaybillException 503 when the thread is interrupted, as it is when the service stops
     */
    public static void backOff(int round) {
        if (round < EAGER_ROUNDS) {
            return;
        }
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS + 1));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new WaybillException(ErrorCode.SERVICE_UNAVAILABLE, "The service is stopping; try again");
        }
    }
}
