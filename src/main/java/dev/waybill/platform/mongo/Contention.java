package dev.waybill.platform.mongo;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.util.concurrent.ThreadLocalRandom;

/** Many who change one document at once come through one by one when they do not all try at the same moment. */
public final class Contention {

    private static final int EAGER_ROUNDS = 3;
    private static final int LONGEST_PAUSE_MILLIS = 25;

    private Contention() {}

    /**
     * Waits before the next try: not at all at first, then up to {@value #LONGEST_PAUSE_MILLIS} ms.
     *
     * @param round how often it was tried before, 0 after the first try
     * @throws WaybillException 503 when the thread is interrupted, as it is when the service stops
     */
    public static void stepAside(int round) {
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
