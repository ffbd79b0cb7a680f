package dev.waybill.platform.storage;

import java.util.Locale;
import java.util.Optional;
import org.apache.tika.Tika;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/** Media types: what a client says, what a name suggests, and what the bytes show. */
public final class MediaTypes {

    /** How many of the first bytes tell the type; Tika's registry looks no further than this. */
    public static final int HEAD_BYTES = 8192;

    public static final String UNKNOWN = "application/octet-stream";

    private static final MediaTypeRegistry REGISTRY = MediaTypeRegistry.getDefaultRegistry();
    private static final Tika TIKA = new Tika();

    private MediaTypes() {}

    /** The type and subtype in lower case without parameters, or empty when it is no media type that can be signed. */
    public static Optional<String> normalize(String contentType) {
        try {
            MimeType parsed = MimeTypeUtils.parseMimeType(contentType);
            boolean plain = contentType.chars().allMatch(c -> c >= 0x20 && c < 0x7f) && !contentType.contains("*");
            return plain
                    ? Optional.of((parsed.getType() + "/" + parsed.getSubtype()).toLowerCase(Locale.ROOT))
                    : Optional.empty();
        } catch (InvalidMimeTypeException malformed) {
            return Optional.empty();
        }
    }

    /** The type that a name suggests, {@link #UNKNOWN} when it suggests none. */
    public static String ofName(String filename) {
        return TIKA.detect(filename);
    }

    /**
     * The type that the bytes show. The name only refines what the bytes leave open (a ZIP that is an Office file, text
     * that is CSV); it never overrules them, and bytes that show nothing stay unknown.
     */
    public static String detect(byte[] head, String filename) {
        if (head.length == 0) {
            return "application/x-empty";
        }
        MediaType shown = MediaType.parse(TIKA.detect(head));
        return shown == null ? UNKNOWN : refine(shown, filename).getBaseType().toString();
    }

    /**
     * Whether bytes may be of the type that their sender told. The first bytes leave some things open: a told type that is
     * a special kind of what they show (CSV of text, DOCX of ZIP) is believed, and so is one that they are a special kind
     * of. Bytes that show nothing are believed to be of a type that has no marks anybody knows.
     *
     * @param told as {@link #normalize} gives it
     * @param shown as {@link #detect} gives it
     */
    public static boolean agree(String told, String shown) {
        // Not registered, but said by many.
        MediaType claimed = REGISTRY.normalize(MediaType.parse(told.equals("image/jpg") ? "image/jpeg" : told));
        MediaType seen = REGISTRY.normalize(MediaType.parse(shown));
        if (claimed.equals(seen) || claimed.equals(MediaType.OCTET_STREAM)) {
            return true;
        }
        if (seen.equals(MediaType.OCTET_STREAM)) {
            return !REGISTRY.getTypes().contains(claimed);
        }
        return REGISTRY.isSpecializationOf(claimed, seen)
                || REGISTRY.isSpecializationOf(seen, claimed)
                || (seen.getType().equals("application") && seen.getSubtype().equals("mp4") && isMp4(claimed));
    }

    private static boolean isMp4(MediaType type) {
        return type.getSubtype().equals("mp4");
    }

    private static MediaType refine(MediaType shown, String filename) {
        if (shown.equals(MediaType.OCTET_STREAM)) {
            return shown;
        }
        MediaType named = MediaType.parse(ofName(filename));
        if (named == null || named.equals(MediaType.OCTET_STREAM)) {
            return shown;
        }
        return REGISTRY.isSpecializationOf(named, shown) ? named : shown;
    }
}
