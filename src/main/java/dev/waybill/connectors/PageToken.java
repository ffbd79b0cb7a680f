package dev.waybill.connectors;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A provider's page token, with what it takes to detect a cycle of any length: one of the tokens before, replaced each
 * time that twice as many have passed (Brent's algorithm). Small enough to be part of a cursor.
 *
 * @param value the token
 * @param anchor the hash of the token that none after it may equal
 * @param passed how many came after that
 * @param reach how many may, before the anchor is replaced
 */
public record PageToken(String value, String anchor, long passed, long reach) {

    public static PageToken first(String value) {
        return new PageToken(value, hash(value), 0, 1);
    }

    /**
     * The next one.
     *
     * @param provider for the message
     * @throws SourceException {@link Diagnosis#BROKEN_LISTING} on a cycle
     */
    public PageToken then(String next, String provider) {
        if (hash(next).equals(anchor)) {
            throw new SourceException(
                    Diagnosis.BROKEN_LISTING,
                    "%s tells of the same files again and again; nothing can be told of what lies there until that is mended"
                            .formatted(provider));
        }
        return passed + 1 == reach
                ? new PageToken(next, hash(next), 0, reach * 2)
                : new PageToken(next, anchor, passed + 1, reach);
    }

    /** Collisions between two tokens of one listing are very unlikely. */
    private static String hash(String token) {
        CRC32 crc = new CRC32();
        crc.update(token.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue()) + "-" + token.length();
    }
}
