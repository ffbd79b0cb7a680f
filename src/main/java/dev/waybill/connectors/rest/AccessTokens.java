package dev.waybill.connectors.rest;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A cache of one expiring access token: fetched when first needed, and renewed before the last fifth of its lifetime.
 * Thread-safe.
 */
public final class AccessTokens {

    private static final double USABLE = 0.8;

    private final Issuer issuer;
    private final InstantSource clock;
    private final Lock lock = new ReentrantLock();
    private @Nullable Held held;
    private boolean wereGood;

    public AccessTokens(Issuer issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Issues access tokens. */
    public interface Issuer {

        /** @throws SourceException when it issues none */
        Issued issue();
    }

    /** @param life from now on */
    public record Issued(String token, Duration life) {

        @Override
        public String toString() {
            return "Issued[%s]".formatted(life);
        }
    }

    private record Held(String token, Instant until) {

        @Override
        public String toString() {
            return "Held[until=%s]".formatted(until);
        }
    }

    /**
     * A token that should be valid.
     *
     * @throws SourceException when none can be obtained; expired credentials when they were valid once
     */
    public String now() {
        lock.lock();
        try {
            Held current = held;
            if (current == null || !clock.instant().isBefore(current.until())) {
                current = fetch();
                held = current;
                wereGood = true;
            }
            return current.token();
        } finally {
            lock.unlock();
        }
    }

    /** Invalidates a rejected token, unless that was done already: the next will be another. */
    public void refused(String token) {
        lock.lock();
        try {
            if (held != null && held.token().equals(token)) {
                held = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private Held fetch() {
        try {
            Issued issued = issuer.issue();
            long millis = (long) (issued.life().toMillis() * USABLE);
            return new Held(issued.token(), clock.instant().plusMillis(millis));
        } catch (SourceException refused) {
            throw wereGood && refused.diagnosis() == Diagnosis.INVALID_CREDENTIALS
                    ? new SourceException(
                            Diagnosis.EXPIRED_CREDENTIALS,
                            "The credentials were good, and are not any more: " + refused.getMessage(),
                            false,
                            null,
                            refused)
                    : refused;
        }
    }
}
