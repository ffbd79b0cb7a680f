package dev.waybill.platform.formats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of the types that bytes allow a file is told as. */
final class TypeChoice {

    private static final String PLAIN = "text/plain";
    private static final String CSV = "text/csv";
    private static final String XLS = "application/vnd.ms-excel";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private TypeChoice() {}

    /**
     * The first that is told and allowed, else what the bytes are called anyway, else what the property means where the
     * bytes leave that open.
     *
     * @return null when the property takes none of them
     */
    static @Nullable String of(Format format, @Nullable FileKind kind, List<String> told) {
        for (String type : told) {
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
        return format.isOpen() ? ofOpen(format, kind, told) : ofContainer(format, kind, told);
    }

    /** Some types are written as text or as bytes, and only the one is text. */
    private static boolean takes(@Nullable FileKind kind, String type, Format format) {
        boolean isForText = kind == FileKind.TEXT || (kind == FileKind.DOCUMENT && !FileKind.isDocument(type));
        boolean isTextAlone = isForText && format.family() != Format.Family.TEXT && TextTypes.isText(type);
        return kind == null || (kind.takes(type) && !isTextAlone);
    }

    /** A ZIP archive whose entries make it more is told as that. */
    private static boolean isBroader(String type, Format format) {
        return !type.equals(format.mediaType()) && Containers.isBare(type);
    }

    /** A picture that is written as text is text where text is asked for. */
    private static boolean isLeftToText(Format format, @Nullable FileKind kind) {
        return format.family() == Format.Family.TEXT
                && kind == FileKind.DOCUMENT
                && format.mediaType().startsWith("image/");
    }

    private static @Nullable String ofOpen(Format format, FileKind kind, List<String> told) {
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
            case EXCEL -> ofTable(format, told);
            default -> null;
        };
    }

    /** Excel opens tables of other programs, whether they are called its own or have no name at all. */
    private static @Nullable String ofTable(Format format, List<String> told) {
        boolean isLeftOpen = told.isEmpty() || told.contains(XLS) || told.equals(List.of(PLAIN));
        return format.mediaType().equals(PLAIN) && isLeftOpen ? CSV : null;
    }

    private static @Nullable String ofContainer(Format format, FileKind kind, List<String> told) {
        if (kind != FileKind.EXCEL || !told.isEmpty()) {
            return null;
        }
        return switch (format.family()) {
            case ZIP -> format.mediaType().equals("application/zip") ? XLSX : null;
            case OLE2 -> XLS;
            case CLOSED, TEXT -> null;
        };
    }
}
