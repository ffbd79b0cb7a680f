package dev.waybill.platform.formats;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of files that properties take. The narrower stands before the wider: where several take a file, the first
 * is meant.
 */
public enum FileKind {
    IMAGE("images"),
    VIDEO("videos"),
    AUDIO("sound"),
    PDF("PDF documents"),
    EXCEL("spreadsheets"),
    JSON("JSON"),
    TEXT("text"),
    DOCUMENT("documents"),
    BINARY("any file");

    private static final Set<String> VIDEOS =
            Set.of("application/mp4", "application/mxf", "application/ogg", "application/vnd.rn-realmedia");
    private static final Set<String> SHEETS = Set.of(
            "application/vnd.oasis.opendocument.spreadsheet",
            "application/vnd.oasis.opendocument.spreadsheet-template",
            "text/csv",
            "text/tab-separated-values",
            "application/x-tika-msoffice",
            "application/x-tika-ooxml");
    private static final Set<String> DOCUMENTS = Set.of(
            "application/pdf",
            "application/postscript",
            "image/x-eps",
            "application/epub+zip",
            "application/msword",
            "application/vnd.ms-outlook",
            "application/x-ole-storage",
            "application/x-tika-msoffice",
            "application/x-tika-ooxml");

    /** Registered as an image, and a text for programs that draw. */
    private static final String DRAWING = "image/vnd.dxf";

    private final String phrase;

    FileKind(String phrase) {
        this.phrase = phrase;
    }

    /** What it takes, as the end of a sentence: "images". */
    public String phrase() {
        return phrase;
    }

    /** Whether it takes files of that media type; as people write it, parameters left out. */
    public boolean takes(String mediaType) {
        String type = MediaTypes.canonical(mediaType);
        return switch (this) {
            case IMAGE -> type.startsWith("image/") && !type.equals(DRAWING);
            case AUDIO -> type.startsWith("audio/") || type.equals("application/ogg");
            case VIDEO -> type.startsWith("video/") || VIDEOS.contains(type);
            case PDF -> type.equals("application/pdf");
            case EXCEL -> isSheet(type);
            case JSON ->
                type.equals("application/json")
                        || type.equals("application/json5")
                        || isLines(type)
                        || type.endsWith("+json");
            case TEXT -> TextTypes.isText(type);
            case DOCUMENT -> TextTypes.isText(type) || DOCUMENTS.contains(type) || isSheet(type) || isOffice(type);
            case BINARY -> true;
        };
    }

    /**
     * Whether a file that nobody has seen yet may turn out to be what it takes: only what is certainly something else
     * is none. A type that is not known to be written as other bytes may be text, whatever it is called, and so may one
     * of Office, for tables and pages are saved under its names; text may be JSON; an archive may be what is kept in
     * one; and a type that nobody knows may be anything.
     *
     * @param expected what the file is called, as {@link Formats#expected} gives it; when there is nothing, it may be
     *     anything
     */
    public boolean mayTake(List<String> expected) {
        return expected.isEmpty() || expected.stream().anyMatch(type -> takes(type) || mayBe(type));
    }

    private boolean mayBe(String type) {
        boolean isKnown = BinaryTypes.has(type);
        if (!isKnown && !TextTypes.isText(type) && type.startsWith("application/")) {
            return true;
        }
        return switch (this) {
            case TEXT -> !isKnown || isOfOffice(type);
            case DOCUMENT -> !isKnown || isOfOffice(type) || Containers.isBare(type);
            case JSON -> TextTypes.isText(type) && !TextTypes.isTextPicture(type);
            case EXCEL -> type.equals("text/plain") || Containers.isBare(type);
            case IMAGE -> type.equals("application/xml") || type.equals("application/gzip");
            case PDF -> type.equals("application/postscript");
            case VIDEO -> type.equals("audio/ogg");
            case AUDIO, BINARY -> false;
        };
    }

    private static boolean isOfOffice(String type) {
        return isSheet(type) || isOffice(type) || Containers.isOle2(type);
    }

    /** Whether it is a document whatever it is written as. */
    static boolean isDocument(String type) {
        return DOCUMENTS.contains(type);
    }

    /**
     * Whether it takes a file without bytes: text, documents and whatever has no shape may be empty, and JSON Lines of
     * no lines; a picture or a spreadsheet of no bytes is none.
     *
     * @param mediaType what the file is called; null when it is called nothing
     */
    public boolean takesEmpty(@Nullable String mediaType) {
        return switch (this) {
            case TEXT, DOCUMENT, BINARY -> true;
            case JSON -> mediaType != null && isLines(MediaTypes.canonical(mediaType));
            case IMAGE, VIDEO, AUDIO, PDF, EXCEL -> false;
        };
    }

    private static boolean isLines(String type) {
        return type.equals("application/x-ndjson");
    }

    private static boolean isSheet(String type) {
        return SHEETS.contains(type)
                || type.startsWith("application/vnd.ms-excel")
                || type.startsWith("application/vnd.openxmlformats-officedocument.spreadsheetml");
    }

    private static boolean isOffice(String type) {
        return type.startsWith("application/vnd.openxmlformats-officedocument")
                || type.startsWith("application/vnd.oasis.opendocument")
                || type.startsWith("application/vnd.ms-word")
                || type.startsWith("application/vnd.ms-powerpoint");
    }
}
