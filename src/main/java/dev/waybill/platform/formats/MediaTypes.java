package dev.waybill.platform.formats;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/** Parses and normalizes media types as clients write them. */
public final class MediaTypes {

    /** How many of the first bytes the detection reads. */
    public static final int HEAD_BYTES = 8192;

    public static final String UNKNOWN = "application/octet-stream";

    private MediaTypes() {}

    /** The type and subtype in lower case without parameters, or empty when it is no media type that can be signed. */
    public static Optional<String> normalize(String contentType) {
        try {
            // Nothing is required of parameters: charset=binary and others that nobody knows come from usual tools.
            MimeType parsed = MimeTypeUtils.parseMimeType(contentType.split(";", 2)[0]);
            boolean plain = contentType.chars().allMatch(c -> c >= 0x20 && c < 0x7f) && !contentType.contains("*");
            return plain
                    ? Optional.of((parsed.getType() + "/" + parsed.getSubtype()).toLowerCase(Locale.ROOT))
                    : Optional.empty();
        } catch (InvalidMimeTypeException malformed) {
            return Optional.empty();
        }
    }

    /**
     * The one name of a type that has several: {@code text/csv} for {@code application/x-csv; charset=utf-8}. Words
     * that mean "some file" are {@link #UNKNOWN}, and so are nothing and what is no media type.
     */
    public static String canonical(String contentType) {
        int semicolon = contentType.indexOf(';');
        String bare = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
        String lower = bare.toLowerCase(Locale.ROOT);
        return isType(lower) ? TypeNames.ALIASES.getOrDefault(lower, lower) : UNKNOWN;
    }

    /**
     * What a PUT of such a file can be signed with: the type as it was sent; without its parameters when a header
     * cannot hold these; {@link #UNKNOWN} when it is nothing, or no media type, such as the {@code null}, {@code csv}
     * and {@code image/*} that programs send.
     */
    public static String signable(String contentType) {
        int semicolon = contentType.indexOf(';');
        String bare = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
        if (!isType(bare.toLowerCase(Locale.ROOT))) {
            return UNKNOWN;
        }
        return contentType.chars().allMatch(c -> c >= 0x20 && c < 0x7f) ? contentType.strip() : bare;
    }

    /** What people call a file of that type, in the middle of a sentence: "a PNG image". */
    public static String phrase(String mediaType) {
        return Phrases.of(mediaType);
    }

    /** RFC 6838 4.2: two names with a slash between them. */
    private static boolean isType(String lower) {
        int slashes = 0;
        for (int i = 0; i < lower.length(); i++) {
            char each = lower.charAt(i);
            slashes += each == '/' ? 1 : 0;
            boolean isName =
                    (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || "/!#$&-^_.+".indexOf(each) >= 0;
            if (!isName) {
                return false;
            }
        }
        return slashes == 1 && lower.charAt(0) != '/' && lower.charAt(lower.length() - 1) != '/';
    }

    /** What people call a media type: {@code PNG} for {@code image/png}. */
    public static String label(String mediaType) {
        return switch (mediaType) {
            case UNKNOWN -> Format.UNKNOWN.name();
            case "text/plain" -> "TEXT";
            default -> Format.registered(mediaType).name();
        };
    }

    /** The type that a name suggests, {@link #UNKNOWN} when it suggests none. */
    public static String ofName(String filename) {
        List<String> types = TypeNames.ofName(filename);
        return types.isEmpty() ? UNKNOWN : types.getFirst();
    }
}
