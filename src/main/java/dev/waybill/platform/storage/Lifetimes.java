package dev.waybill.platform.storage;

import java.time.Duration;

/** How long a presigned URL may live. */
public final class Lifetimes {

    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofDays(7);

    private Lifetimes() {}

    public static void check(Duration lifetime) {
        if (lifetime.compareTo(MIN) < 0 || lifetime.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("a presigned URL lives 1 s to 7 days, not " + lifetime);
        }
    }
}
