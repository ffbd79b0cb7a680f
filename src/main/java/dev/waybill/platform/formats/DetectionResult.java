package dev.waybill.platform.formats;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of the detection: what a file is, and whether it fits. */
public sealed interface DetectionResult {

    /** The detected media type, without parameters, in lower case. */
    String mediaType();

    /** What the bytes show beside that. */
    FormatEvidence evidence();

    /** Whether it is true to call the bytes what their sender declared; true as well when nothing was declared. */
    boolean isAsDeclared();

    /** The bytes are what the property takes, or there is no property. */
    record Fits(String mediaType, FormatEvidence evidence, boolean isAsDeclared) implements DetectionResult {}

    /**
     * They are not.
     *
     * @param mediaType the media type that is detected all the same
     * @param kind what the property takes
     * @param actual what people call what it is: {@code PNG}
     * @param reason "the file is a ZIP archive, the property takes images"
     */
    record Misfit(
            String mediaType,
            FormatEvidence evidence,
            boolean isAsDeclared,
            FileKind kind,
            String actual,
            String reason)
            implements DetectionResult {

        /** As errors say it. */
        public String message() {
            return "Invalid file format: Expected %s, got %s".formatted(kind.name(), actual);
        }

        /** For programs, and the reason in words. */
        public Map<String, Object> details() {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("expected", kind.name().toUpperCase(Locale.ROOT));
            details.put("actual", actual);
            details.put("detected_type", mediaType);
            details.put("reason", reason);
            return details;
        }
    }

    /**
     * What the bytes show beside the media type.
     *
     * @param charset what text is encoded in, a name of IANA's registry or the WHATWG's list, or Java's where neither
     *     has it; null when it is no text
     * @param contentEncoding {@code gzip} when the bytes are packed as they are said to be, and the media type is what
     *     is inside; else null
     */
    record FormatEvidence(
            @Nullable String charset, @Nullable String contentEncoding) {

        static final FormatEvidence NONE = new FormatEvidence(null, null);
    }
}
