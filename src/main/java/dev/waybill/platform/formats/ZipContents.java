package dev.waybill.platform.formats;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detects what a ZIP archive is by its entries: Office Open XML by its parts (ECMA-376 part 2, and the folders that
 * every producer uses), OpenDocument and EPUB by their entry {@code mimetype} (OpenDocument 1.3 part 2, 3.3; EPUB OCF
 * 3.3, 4.2), the rest by the entries that make it what it is.
 */
final class ZipContents {

    private static final String OOXML = "application/vnd.openxmlformats-officedocument.";
    private static final String DOCX_TYPE = OOXML + "wordprocessingml.document";
    private static final String XLSX_TYPE = OOXML + "spreadsheetml.sheet";
    private static final String PPTX_TYPE = OOXML + "presentationml.presentation";

    private static final Format DOCX = Format.of(
            DOCX_TYPE,
            "DOCX",
            "a Word document",
            OOXML + "wordprocessingml.template",
            "application/vnd.ms-word.document.macroenabled.12",
            "application/vnd.ms-word.template.macroenabled.12",
            "application/x-tika-ooxml");
    private static final String XLSM = "application/vnd.ms-excel.sheet.macroenabled.12";
    private static final String XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12";
    private static final Format XLSX = Format.of(
            XLSX_TYPE,
            "XLSX",
            "an Excel workbook",
            OOXML + "spreadsheetml.template",
            XLSM,
            XLSB,
            "application/vnd.ms-excel.template.macroenabled.12",
            "application/vnd.ms-excel.addin.macroenabled.12",
            "application/x-tika-ooxml");
    private static final Format PPTX = Format.of(
            PPTX_TYPE,
            "PPTX",
            "a PowerPoint presentation",
            OOXML + "presentationml.slideshow",
            OOXML + "presentationml.template",
            "application/vnd.ms-powerpoint.presentation.macroenabled.12",
            "application/vnd.ms-powerpoint.slideshow.macroenabled.12",
            "application/x-tika-ooxml");
    private static final Format VSDX =
            Format.of("application/vnd.ms-visio.drawing", "VSDX", "a Visio drawing", "application/vnd.visio2013");
    private static final Format ODT =
            Format.of("application/vnd.oasis.opendocument.text", "ODT", "an OpenDocument text");
    private static final Format JAR = Format.of("application/java-archive", "JAR", "a Java archive");
    private static final Format APK =
            Format.of("application/vnd.android.package-archive", "APK", "an Android app", "application/java-archive");
    private static final Format EPUB = Format.of("application/epub+zip", "EPUB", "an EPUB book");
    private static final Format ZIP = Format.open(Format.Family.CLOSED, "application/zip", "ZIP", "a ZIP archive");

    /** Whose entries were not all seen, so that it may be whatever is kept in ZIP. */
    private static final Format HALF_SEEN = Format.open(Format.Family.ZIP, "application/zip", "ZIP", "a ZIP archive");

    /** After so many that are of no office document, it is none. */
    private static final int TELLING = 100;

    private static final String MIMETYPE = "mimetype";
    private static final int MAX_TYPE = 100;
    private static final Set<String> OF_OOXML = Set.of("[Content_Types].xml", "[content_types].xml");

    private final FileBytes bytes;
    private int seen;
    private boolean isOoxml;
    private boolean hasMacros;
    private boolean isOdf;
    private boolean isEpub;
    private @Nullable Format office;
    private @Nullable Format declared;
    private @Nullable Format program;

    private ZipContents(FileBytes bytes) {
        this.bytes = bytes;
    }

    static Format of(FileBytes bytes) {
        ZipContents contents = new ZipContents(bytes);
        boolean isWhole = ZipEntries.walk(bytes, contents::see);
        return contents.sum(isWhole);
    }

    private void see(ZipEntries.Entry entry) {
        seen++;
        String name = entry.name().replace('\\', '/');
        if (name.equals(MIMETYPE) && entry.isStored() && entry.content() >= 0) {
            declared = ofMimetype(entry);
        } else if (OF_OOXML.contains(name) || name.equals("_rels/.rels")) {
            isOoxml = true;
        } else if (name.startsWith("word/")) {
            office = DOCX;
        } else if (name.startsWith("xl/")) {
            office = name.equals("xl/workbook.bin") ? XLSX.withType(XLSB) : office == null ? XLSX : office;
        } else if (name.startsWith("ppt/")) {
            office = PPTX;
        } else if (name.startsWith("visio/")) {
            office = VSDX;
        } else if (name.equals("META-INF/container.xml") || name.equals("OEBPS/content.opf")) {
            isEpub = true;
        } else if (name.equals("AndroidManifest.xml") || name.equals("classes.dex")) {
            program = APK;
        } else if (name.equals("META-INF/MANIFEST.MF")) {
            program = program == null ? JAR : program;
        } else if (name.equals("styles.xml") || name.equals("META-INF/manifest.xml")) {
            isOdf = true;
        }
        hasMacros |= name.endsWith("/vbaProject.bin");
    }

    private Format sum(boolean isWhole) {
        if (declared != null) {
            return declared;
        }
        if (office != null && (isOoxml || !isWhole)) {
            boolean isMacroSheet = hasMacros && office == XLSX;
            return isMacroSheet ? XLSX.withType(XLSM) : office;
        }
        if (isEpub) {
            return EPUB;
        }
        if (isOdf && program == null) {
            return new Format(ODT.mediaType(), "ODF", "an OpenDocument file", Set.of(), Format.Family.ZIP, false);
        }
        if (program != null) {
            return program;
        }
        return isWhole || (seen >= TELLING && !isOoxml) ? ZIP : HALF_SEEN;
    }

    private @Nullable Format ofMimetype(ZipEntries.Entry entry) {
        StringBuilder type = new StringBuilder();
        for (long at = entry.content(); type.length() < Math.min(entry.size(), MAX_TYPE); at++) {
            int next = bytes.u8(at);
            if (next <= ' ' || next > '~') {
                break;
            }
            type.append((char) next);
        }
        String written = type.toString();
        if (written.equals(EPUB.mediaType())) {
            return EPUB;
        }
        if (written.startsWith("application/vnd.oasis.opendocument.")
                || written.startsWith("application/vnd.sun.xml.")) {
            String what = written.substring(written.lastIndexOf('.') + 1);
            return Format.of(written, "OPENDOCUMENT " + what.toUpperCase(Locale.ROOT), "an OpenDocument " + what);
        }
        return null;
    }
}
