package dev.waybill.syncs.filters;

import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.formats.MediaTypes;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that filters evaluate.
 *
 * @param more null while only its listing is known
 */
record Candidate(SourcePath path, SourceFile file, @Nullable Attributes more) {

    /** Default content types of stores, which carry no information. */
    private static final Set<String> UNINFORMATIVE = Set.of(MediaTypes.UNKNOWN, "binary/octet-stream");

    String name() {
        return file.name();
    }

    String below() {
        return path.below(file.key());
    }

    /** As reported by the source, without parameters; null when it reports none, or was not requested yet. */
    @Nullable
    String contentType() {
        String reported = more != null && more.contentType() != null ? more.contentType() : file.contentType();
        return reported == null || reported.isBlank() ? null : bare(reported);
    }

    /** The content type, or the type by file name where the source reports none; null when neither is known. */
    @Nullable
    String mediaType() {
        String reported = contentType();
        if (reported != null && !UNINFORMATIVE.contains(reported)) {
            return reported;
        }
        String named = MediaTypes.ofName(name());
        return named.equals(MediaTypes.UNKNOWN) ? null : named;
    }

    /** Without parameters, in lower case, and by the registered name. */
    static String bare(String mediaType) {
        int parameters = mediaType.indexOf(';');
        String bare = (parameters < 0 ? mediaType : mediaType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
        return bare.equals("image/jpg") ? "image/jpeg" : bare;
    }
}
