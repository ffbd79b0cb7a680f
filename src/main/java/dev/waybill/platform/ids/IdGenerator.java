package dev.waybill.platform.ids;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Makes ids: a prefix, then 16 characters of base62, of which the first 7 are the millisecond and the last 9 are random
 * (53 bits). Ids therefore sort by time, which keeps the {@code _id} index tight. They are names, not secrets.
 *
 * <p>Within an {@link IdSeries} nothing is random: the same request, run again, gets the same ids.
 */
@Component
public class IdGenerator {

    private static final char[] BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
    /** The characters of an id, without its prefix. */
    public static final int LENGTH = 16;

    private static final int TIME_CHARS = 7;
    private static final int RANDOM_CHARS = 9;
    private static final long RANDOM_BOUND = 13_537_086_546_263_552L; // 62^9

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public IdGenerator(InstantSource clock) {
        this.clock = clock;
    }

    /** {@code prefix} and 16 characters, such as {@code upl_0VXsK2aQ3nB8xYz1}. */
    public String next(String prefix) {
        IdSeries series = IdSeries.current();
        if (series == null) {
            return nextOfThisRun(prefix);
        }
        long chance = ByteBuffer.wrap(series.next(prefix, Long.BYTES)).getLong();
        return id(prefix, series.millis(), Long.remainderUnsigned(chance, RANDOM_BOUND));
    }

    /**
     * As {@link #next}, but another one in every run of a request: for what is thrown away when a run fails, and must
     * not meet its own remains in the next one.
     */
    public String nextOfThisRun(String prefix) {
        return id(prefix, clock.millis(), random.nextLong(RANDOM_BOUND));
    }

    /**
     * When an id was made.
     *
     * @param id the {@value #LENGTH} characters that {@link #next} and {@link #nextOfThisRun} make, without the prefix
     * @throws IllegalArgumentException when it is no such id
     */
    public static Instant timeOf(String id) {
        if (id.length() != LENGTH) {
            throw new IllegalArgumentException("an id has %d characters, not %d".formatted(LENGTH, id.length()));
        }
        long millis = 0;
        for (int i = 0; i < TIME_CHARS; i++) {
            int digit = Arrays.binarySearch(BASE62, id.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("no id: it holds '%c'".formatted(id.charAt(i)));
            }
            millis = millis * BASE62.length + digit;
        }
        return Instant.ofEpochMilli(millis);
    }

    /** {@code prefix} and {@code length} random lower-case hexadecimal digits. */
    public String nextHex(String prefix, int length) {
        byte[] bytes = bytes(prefix, (length + 1) / 2);
        return prefix.concat(HexFormat.of().formatHex(bytes).substring(0, length));
    }

    /** A version 7 UUID (RFC 9562): 48 bits of milliseconds, then randomness. */
    public UUID nextUuid() {
        IdSeries series = IdSeries.current();
        long millis = series == null ? clock.millis() : series.millis();
        ByteBuffer chance = ByteBuffer.wrap(bytes("uuid", 2 * Long.BYTES));
        long high = (millis << 16) | 0x7000L | (chance.getLong() & 0xFFFL);
        long low = (chance.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /**
     * Random bytes for a secret: when its request is run again, the same ones, so that whichever run's answer goes out
     * holds the valid secret.
     */
    public byte[] nextSecret(int length) {
        return bytes("secret", length);
    }

    /**
     * Whether this thread's ids were issued before, to a run of the same request that was interrupted. Then what is
     * about to be made may exist already, under the very id that comes next.
     */
    public boolean isRepeating() {
        IdSeries series = IdSeries.current();
        return series != null && series.isRepeating();
    }

    /** The ids of a piece of work that another thread does. */
    @FunctionalInterface
    public interface Branch {

        /** To be called by the thread that does the work, and closed when it is done. */
        IdSeries.Opened open();
    }

    /** To be taken for each piece of work before it is handed over, always in the same order. */
    public Branch branch() {
        IdSeries series = IdSeries.current();
        if (series == null) {
            return () -> () -> {};
        }
        return series.branch()::open;
    }

    private byte[] bytes(String prefix, int length) {
        IdSeries series = IdSeries.current();
        if (series != null) {
            return series.next(prefix, length);
        }
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String id(String prefix, long millis, long chance) {
        char[] out = new char[TIME_CHARS + RANDOM_CHARS];
        write(millis, out, 0, TIME_CHARS);
        write(chance, out, TIME_CHARS, RANDOM_CHARS);
        return prefix.concat(new String(out));
    }

    private static void write(long value, char[] out, int from, int length) {
        long rest = value;
        for (int i = from + length - 1; i >= from; i--) {
            out[i] = BASE62[(int) (rest % 62)];
            rest /= 62;
        }
    }
}
