package dev.waybill.connectors;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A provider's word for where a listing goes on, with what it takes to notice that it goes in circles, however long they
 * are: one token of those before, another one each time that twice as many have passed (Brent's algorithm). Small enough
 * to be part of a cursor.
 *
 * @param value the token
 * @param anchor a print of the one that none behind it may be like
 * @param passed how many came behind that
 * @param reach how many may, before another one is kept
 */
public record PageToken(String value, String anchor, long passed, long reach) {

    public static PageToken first(String value) {
        return new PageToken(value, print(value), 0, 1);
    }

    /**
     * The one behind this one.
     *
     * @param provider for the sentence
     * @throws SourceException {@link Diagnosis#BROKEN_LISTING} when the listing was there before
     */
    public PageToken then(String next, String provider) {
        if (print(next).equals(anchor)) {
            throw new SourceException(
                    Diagnosis.BROKEN_LISTING,
                    "%s tells of the same files again and again; nothing can be told of what lies there until that is mended"
                            .formatted(provider));
        }
        return passed + 1 == reach
                ? new PageToken(next, print(next), 0, reach * 2)
                : new PageToken(next, anchor, passed + 1, reach);
    }

    /** Two tokens of one listing that differ hardly ever have the same. */
    private static String print(String token) {
        CRC32 crc = new CRC32();
        crc.update(token.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue()) + "-" + token.length();
    }
}
