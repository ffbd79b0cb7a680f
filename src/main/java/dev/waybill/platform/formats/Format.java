package dev.waybill.platform.formats;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A file format, as bytes show it.
 *
 * @param mediaType the media type when nothing suggests another
 * @param name what people call it: {@code PNG}
 * @param phrase in the middle of a sentence: "a PNG image"
 * @param choices other types that the same bytes may be, all of them equally well
 * @param family types that are left open beyond {@code choices}
 * @param isOpen whether a property may choose among them too; else whoever sent the file must have called it that
 */
record Format(String mediaType, String name, String phrase, Set<String> choices, Family family, boolean isOpen) {

    /** Bytes that nothing is known of. */
    static final Format UNKNOWN =
            new Format(MediaTypes.UNKNOWN, "unrecognized bytes", "of no known format", Set.of(), Family.CLOSED, false);

    static final Format EMPTY =
            new Format(MediaTypes.UNKNOWN, "an empty file", "empty", Set.of(), Family.CLOSED, false);

    /** What the bytes that were read leave open. */
    enum Family {
        /** Nothing. */
        CLOSED,
        /** Whatever is written as text. */
        TEXT,
        /** Whatever is kept in a ZIP archive. */
        ZIP,
        /** Whatever is kept in an OLE2 file. */
        OLE2
    }

    static Format of(String mediaType, String name, String phrase, String... choices) {
        return new Format(mediaType, name, phrase, ordered(choices), Family.CLOSED, false);
    }

    static Format open(Family family, String mediaType, String name, String phrase) {
        return new Format(mediaType, name, phrase, Set.of(), family, false);
    }

    /** Text that is something in particular by its looks, and may be whatever else is written as text. */
    static Format text(String mediaType, String name, String phrase, String... choices) {
        return new Format(mediaType, name, phrase, ordered(choices), Family.TEXT, true);
    }

    /** One that only a registry knows. */
    static Format registered(String mediaType) {
        return of(mediaType, Phrases.name(mediaType), Phrases.of(mediaType));
    }

    Format withType(String type) {
        return new Format(type, name, phrase, choices, family, isOpen);
    }

    /** Whether the bytes may be of that type, as {@link MediaTypes#canonical} gives it. */
    boolean allows(String type) {
        return type.equals(mediaType)
                || choices.contains(type)
                || switch (family) {
                    case CLOSED -> false;
                    case TEXT -> TextTypes.isText(type) && !TextTypes.isTextPicture(type);
                    case ZIP -> Containers.isZip(type);
                    case OLE2 -> Containers.isOle2(type);
                };
    }

    /** Whether it is true to call the bytes that, though more can be said. */
    boolean isKindOf(String type) {
        return allows(type)
                || switch (type) {
                    case "application/zip" -> Containers.isZip(mediaType);
                    case "application/x-ole-storage" -> Containers.isOle2(mediaType);
                    case "text/plain" -> TextTypes.isText(mediaType);
                    case "application/xml" -> mediaType.endsWith("+xml");
                    case "application/json" -> mediaType.endsWith("+json");
                    case "image/svg+xml" -> isOneOf("image/svg+xml-compressed");
                    case "application/postscript", "application/illustrator" -> isOneOf("application/pdf");
                    case "application/ogg" -> mediaType.endsWith("/ogg");
                    case "video/mp4" -> isOneOf("video/quicktime", "video/x-m4v", "audio/mp4");
                    case "video/quicktime", "video/x-m4v" -> isOneOf("audio/mp4");
                    case "video/webm" -> isOneOf("audio/webm");
                    case "video/x-matroska" -> isOneOf("audio/x-matroska", "audio/webm");
                    case "video/3gpp", "video/3gpp2" -> isOneOf("audio/3gpp", "audio/3gpp2");
                    case "video/ogg" -> isOneOf("audio/ogg");
                    case "audio/ogg" -> isOneOf("video/ogg");
                    case "video/mp2t" -> isOneOf("audio/mp2t");
                    case "video/x-msvideo" -> isOneOf("audio/x-msvideo");
                    case "application/mxf" -> isOneOf("audio/mxf");
                    case "video/x-ms-asf", "video/x-ms-wmv" -> isOneOf("audio/x-ms-wma");
                    default -> false;
                };
    }

    /** The first that fits is what a property makes of it. */
    private static Set<String> ordered(String... choices) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(choices)));
    }

    private boolean isOneOf(String... types) {
        return Set.of(types).contains(mediaType);
    }
}
