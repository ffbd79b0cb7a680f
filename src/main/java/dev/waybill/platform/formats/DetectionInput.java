package dev.waybill.platform.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The input of the detection: what is known of a file.
 *
 * @param bytes what can be seen of them
 * @param filename what it is called; may be anything, and may be empty
 * @param declared the declared media type, as it was sent; null or empty when none did
 * @param kind what the property takes that it is to fill; null when there is none
 * @param contentEncoding how its bytes are said to be packed, such as {@code gzip}; null when they are as they are
 */
public record DetectionInput(
        FileBytes bytes,
        String filename,
        @Nullable String declared,
        @Nullable FileKind kind,
        @Nullable String contentEncoding) {

    public DetectionInput(FileBytes bytes, String filename, @Nullable String declared, @Nullable FileKind kind) {
        this(bytes, filename, declared, kind, null);
    }

    /** {@link MediaTypes#UNKNOWN} when nothing was said. */
    String declaredType() {
        return declared == null ? MediaTypes.UNKNOWN : MediaTypes.canonical(declared);
    }

    /**
     * The types that declared type and name suggest, the likeliest first: a declared type that says no more than "text"
     * or "archive" comes after those of the name.
     */
    List<String> suggestedTypes() {
        return suggestedTypes(declaredType(), filename);
    }

    static List<String> suggestedTypes(String type, String filename) {
        List<String> named = TypeNames.ofName(filename);
        if (type.equals(MediaTypes.UNKNOWN)) {
            return named;
        }
        if (named.isEmpty()) {
            return List.of(type);
        }
        List<String> types = new ArrayList<>(named);
        boolean isVague = switch (type) {
            case "text/plain", "application/zip", "application/x-ole-storage", "application/xml" -> true;
            default -> false;
        };
        types.add(isVague ? types.size() : 0, type);
        return types;
    }

    /** What the declared type says of the charset; null when it says nothing. */
    @Nullable
    String declaredCharset() {
        int at = declared == null ? -1 : declared.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (declared == null || at < 0) {
            return null;
        }
        int semicolon = declared.indexOf(';', at);
        String value = declared.substring(at + 8, semicolon < 0 ? declared.length() : semicolon);
        String name = value.replace('"', ' ').replace('\'', ' ').strip();
        return name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f) ? null : name;
    }

    /** The same of another property. */
    public DetectionInput of(@Nullable FileKind other) {
        return new DetectionInput(bytes, filename, declared, other, contentEncoding);
    }

    /** The same as if that had come along. */
    public DetectionInput declaredAs(String type) {
        return new DetectionInput(bytes, filename, type, kind, contentEncoding);
    }

    DetectionInput unpacked(byte[] inner) {
        return new DetectionInput(FileBytes.ofHead(inner, inner.length + 1L), filename, declared, kind, null);
    }
}
