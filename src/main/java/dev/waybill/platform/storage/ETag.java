package dev.waybill.platform.storage;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An ETag as storage returned it, without its quotes. Only the ETag of a single, unencrypted PUT is the MD5 of the
 * bytes; its {@link Kind} says what it can prove.
 *
 * @param value never empty, without quotes and without the prefix {@code W/}
 */
public record ETag(String value, Kind kind) {

    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}", Pattern.CASE_INSENSITIVE);
    private static final Pattern MULTIPART = Pattern.compile("[0-9a-f]{32}-[0-9]{1,5}", Pattern.CASE_INSENSITIVE);

    /** What an ETag says about the bytes. */
    public enum Kind {
        /** The MD5 of the bytes. */
        MD5,
        /** The MD5 of the parts' MD5s and their number; no hash of the bytes. */
        MULTIPART,
        /** Says only whether the object changed: encrypted with KMS or a customer's key, or a provider's own form. */
        OPAQUE
    }

    /**
     * Reads an ETag.
     *
     * @param raw as it stood in the header, with or without quotes; must hold something besides them
     * @param hashed false when the object is encrypted in a way that makes the ETag no MD5 (SSE-KMS, SSE-C)
     */
    public static ETag of(String raw, boolean hashed) {
        String value = strip(raw);
        if (value.isEmpty()) {
            throw new IllegalArgumentException("an ETag cannot be empty");
        }
        if (MULTIPART.matcher(value).matches()) {
            return new ETag(value, Kind.MULTIPART);
        }
        return new ETag(value, hashed && MD5.matcher(value).matches() ? Kind.MD5 : Kind.OPAQUE);
    }

    /** Whether a client's ETag means this one: quotes, a {@code W/} prefix and case make no difference. */
    public boolean matches(String other) {
        return value.toLowerCase(Locale.ROOT).equals(strip(other).toLowerCase(Locale.ROOT));
    }

    private static String strip(String raw) {
        String value = raw.strip();
        if (value.startsWith("W/")) {
            value = value.substring(2);
        }
        while (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
            value = value.substring(1, value.length() - 1);
        }
        return value.strip();
    }

    @Override
    public String toString() {
        return value;
    }
}
