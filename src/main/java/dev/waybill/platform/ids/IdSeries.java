package dev.waybill.platform.ids;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.jspecify.annotations.Nullable;

/**
 * Deterministic ids, the same when a request is run again: the n-th id of a prefix is derived from a seed. While a
 * series is open on a thread, {@link IdGenerator} takes all ids of that thread from it. So a request that died half-way
 * makes, run again, the very things that it would have made.
 *
 * <p>A series belongs to one thread at a time. Work that is handed to others takes a {@link IdGenerator#branch} along.
 */
public final class IdSeries {

    private static final int MAC_BYTES = 32;
    private static final String BRANCH = "/branch";
    private static final ThreadLocal<@Nullable IdSeries> CURRENT = new ThreadLocal<>();

    private final byte[] seed;
    private final long millis;
    private final boolean repeating;
    private final Map<String, Integer> drawn = new HashMap<>();

    private IdSeries(byte[] seed, long millis, boolean repeating) {
        this.seed = seed;
        this.millis = millis;
        this.repeating = repeating;
    }

    /**
     * A series at its beginning.
     *
     * @param seed random bytes that nobody can guess or look up; the same ones give the same ids and secrets
     * @param time the time that the ids carry
     * @param repeating whether a series of this seed was begun before, so that resources of its ids may exist already
     */
    public static IdSeries of(byte[] seed, Instant time, boolean repeating) {
        return new IdSeries(seed.clone(), time.toEpochMilli(), repeating);
    }

    /** Until it is closed, on the same thread, ids come from the series. */
    public interface Opened extends AutoCloseable {
        @Override
        void close();
    }

    /** Gives this thread's ids. */
    public Opened open() {
        IdSeries before = CURRENT.get();
        CURRENT.set(this);
        return () -> {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        };
    }

    /** The series that gives this thread's ids; null when they are random. */
    static @Nullable IdSeries current() {
        return CURRENT.get();
    }

    long millis() {
        return millis;
    }

    boolean isRepeating() {
        return repeating;
    }

    /** A series of its own for the next piece of work that another thread does. */
    IdSeries branch() {
        return new IdSeries(next(BRANCH, MAC_BYTES), millis, repeating);
    }

    /** The bytes of the next id of a prefix. */
    byte[] next(String prefix, int length) {
        int number = drawn.merge(prefix, 1, Integer::sum);
        ByteBuffer bytes = ByteBuffer.allocate((length + MAC_BYTES - 1) / MAC_BYTES * MAC_BYTES);
        for (int block = 0; bytes.hasRemaining(); block++) {
            bytes.put(derived(prefix, number, block));
        }
        byte[] out = new byte[length];
        bytes.flip().get(out);
        return out;
    }

    private byte[] derived(String prefix, int number, int block) {
        Mac mac = HmacUtils.getInitializedMac(HmacAlgorithms.HMAC_SHA_256, seed);
        mac.update(prefix.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        mac.update(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(number)
                .putInt(block)
                .flip());
        return mac.doFinal();
    }
}
