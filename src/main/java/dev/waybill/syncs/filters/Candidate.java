package dev.waybill.syncs.filters;

import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.formats.MediaTypes;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that filters look at.
 *
 * @param more null while only its listing is known
 */
record Candidate(SourcePath path, SourceFile file, @Nullable Attributes more) {

    /** What stores tell when nobody told them. */
    private static final Set<String> SAYS_NOTHING = Set.of(MediaTypes.UNKNOWN, "binary/octet-stream");

    String name() {
        return file.name();
    }

    String below() {
        return path.below(file.key());
    }

    /** As the source tells it, without parameters; null when it tells none, or has not been asked yet. */
    @Nullable
    String contentType() {
        String told = more != null && more.contentType() != null ? more.contentType() : file.contentType();
        return told == null || told.isBlank() ? null : bare(told);
    }

    /** The content type, by the name where the source tells nothing; null when neither says anything. */
    @Nullable
    String mediaType() {
        String told = contentType();
        if (told != null && !SAYS_NOTHING.contains(told)) {
            return told;
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
