package dev.waybill.platform.formats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the media type of a file among those that its bytes allow. */
final class TypeChoice {

    private static final String PLAIN = "text/plain";
    private static final String CSV = "text/csv";
    private static final String XLS = "application/vnd.ms-excel";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private TypeChoice() {}

    /**
     * The first that is suggested and allowed, else what the bytes are called anyway, else what the property means
     * where the bytes leave that open.
     *
     * @return null when the property takes none of them
     */
    static @Nullable String of(Format format, @Nullable FileKind kind, List<String> suggested) {
        for (String type : suggested) {
            if (format.allows(type) && takes(kind, type, format) && !isBroader(type, format)) {
                return type;
            }
        }
        if (takes(kind, format.mediaType(), format) && !isLeftToText(format, kind)) {
            return format.mediaType();
        }
        if (kind == null) {
            return null;
        }
        return format.isOpen() ? ofOpen(format, kind, suggested) : ofContainer(format, kind, suggested);
    }

    /** Some types are written as text or as bytes, and only the one is text. */
    private static boolean takes(@Nullable FileKind kind, String type, Format format) {
        boolean isForText = kind == FileKind.TEXT || (kind == FileKind.DOCUMENT && !FileKind.isDocument(type));
        boolean isTextAlone = isForText && format.family() != Format.Family.TEXT && TextTypes.isText(type);
        return kind == null || (kind.takes(type) && !isTextAlone);
    }

    /** A ZIP archive whose entries make it more is reported as that. */
    private static boolean isBroader(String type, Format format) {
        return !type.equals(format.mediaType()) && Containers.isBare(type);
    }

    /** A picture that is written as text is text where text is requested. */
    private static boolean isLeftToText(Format format, @Nullable FileKind kind) {
        return format.family() == Format.Family.TEXT
                && kind == FileKind.DOCUMENT
                && format.mediaType().startsWith("image/");
    }

    private static @Nullable String ofOpen(Format format, FileKind kind, List<String> suggested) {
        for (String choice : format.choices()) {
            if (kind.takes(choice)) {
                return choice;
            }
        }
        if (format.family() != Format.Family.TEXT) {
            return null;
        }
        return switch (kind) {
            case TEXT, DOCUMENT -> PLAIN;
            case EXCEL -> ofTable(format, suggested);
            default -> null;
        };
    }

    /** Excel opens tables of other programs, whether they are called its own or have no name at all. */
    private static @Nullable String ofTable(Format format, List<String> suggested) {
        boolean isLeftOpen = suggested.isEmpty() || suggested.contains(XLS) || suggested.equals(List.of(PLAIN));
        return format.mediaType().equals(PLAIN) && isLeftOpen ? CSV : null;
    }

    private static @Nullable String ofContainer(Format format, FileKind kind, List<String> suggested) {
        if (kind != FileKind.EXCEL || !suggested.isEmpty()) {
            return null;
        }
        return switch (format.family()) {
            case ZIP -> format.mediaType().equals("application/zip") ? XLSX : null;
            case OLE2 -> XLS;
            case CLOSED, TEXT -> null;
        };
    }
}
