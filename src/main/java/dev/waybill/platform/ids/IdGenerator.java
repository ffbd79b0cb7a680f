package dev.waybill.platform.ids;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Makes ids: a prefix, then 16 characters of base62, of which the first 7 are the millisecond and the last 9 are random
 * (53 bits). Ids therefore sort by time, which keeps the {@code _id} index tight. They are names, not secrets.
 */
@Component
public class IdGenerator {

    private static final char[] BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
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
        char[] out = new char[TIME_CHARS + RANDOM_CHARS];
        write(clock.millis(), out, 0, TIME_CHARS);
        write(random.nextLong(RANDOM_BOUND), out, TIME_CHARS, RANDOM_CHARS);
        return prefix.concat(new String(out));
    }

    /** {@code prefix} and {@code length} random lower-case hexadecimal digits. */
    public String nextHex(String prefix, int length) {
        byte[] bytes = new byte[(length + 1) / 2];
        random.nextBytes(bytes);
        return prefix.concat(HexFormat.of().formatHex(bytes).substring(0, length));
    }

    /** A version 7 UUID (RFC 9562): 48 bits of milliseconds, then randomness. */
    public UUID nextUuid() {
        long millis = clock.millis();
        long high = (millis << 16) | 0x7000L | (random.nextInt() & 0xFFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static void write(long value, char[] out, int from, int length) {
        long rest = value;
        for (int i = from + length - 1; i >= from; i--) {
            out[i] = BASE62[(int) (rest % 62)];
            rest /= 62;
        }
    }
}
