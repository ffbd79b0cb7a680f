package dev.waybill.connectors;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The cursor of a listing: the store's continuation token as long as that is valid, and otherwise the last key.
 *
 * @param token null when there is no usable one
 * @param after the last key that was listed; empty when none was
 */
public record ListingCursor(@Nullable String token, String after) {

    public static final ListingCursor START = new ListingCursor(null, "");

    public static ListingCursor read(@Nullable String cursor) {
        if (cursor == null) {
            return START;
        }
        int dot = cursor.indexOf('.');
        try {
            String token = decode(cursor.substring(0, Math.max(0, dot)));
            return new ListingCursor(token.isEmpty() ? null : token, decode(cursor.substring(dot + 1)));
        } catch (IllegalArgumentException foreign) {
            throw new SourceException(Diagnosis.BROKEN_LISTING, "The cursor is none of this listing's; begin it anew");
        }
    }

    public String cursor() {
        return encode(token == null ? "" : token) + "." + encode(after);
    }

    public ListingCursor withoutToken() {
        return new ListingCursor(null, after);
    }

    /** Whether a key comes after it: by its bytes as S3 sorts, or by its UTF-16 units as some stores do. */
    public boolean isBefore(String key) {
        return key.compareTo(after) > 0 || Arrays.compareUnsigned(bytes(key), bytes(after)) > 0;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text));
    }

    private static String decode(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
