package dev.waybill.platform.formats;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What people call a file of a media type, in the middle of a sentence. */
final class Phrases {

    private static final Pattern MAKER = Pattern.compile("^(x-|vnd\\.)?(ms-|pn-|rn-)?");

    private static final Map<String, String> KNOWN = read("""
            application/pdf a PDF document
            application/zip a ZIP archive
            application/gzip a gzip archive
            application/json a JSON text
            application/x-ndjson a JSON Lines text
            application/xml an XML document
            application/yaml a YAML text
            application/rtf an RTF document
            application/msword a Word 97 document
            application/vnd.ms-excel an Excel 97 workbook
            application/vnd.ms-powerpoint a PowerPoint 97 presentation
            application/vnd.ms-outlook an Outlook message
            application/x-ole-storage an OLE2 compound file
            application/epub+zip an EPUB book
            application/vnd.openxmlformats-officedocument.wordprocessingml.document a Word document
            application/vnd.openxmlformats-officedocument.spreadsheetml.sheet an Excel workbook
            application/vnd.openxmlformats-officedocument.presentationml.presentation a PowerPoint presentation
            application/vnd.oasis.opendocument.text an OpenDocument text
            application/vnd.oasis.opendocument.spreadsheet an OpenDocument spreadsheet
            application/vnd.oasis.opendocument.presentation an OpenDocument presentation
            application/vnd.apple.keynote a Keynote presentation
            application/vnd.apple.numbers a Numbers spreadsheet
            application/vnd.apple.pages a Pages document
            application/x-dosexec an executable
            image/svg+xml an SVG image
            image/svg+xml-compressed a packed SVG image
            image/heic a HEIC image
            image/heif a HEIF image
            image/x-tga a TGA image
            image/vnd.radiance a Radiance image
            image/vnd.ms-photo a JPEG XR image
            image/vnd.fpx a FlashPix image
            image/vnd.dwg an AutoCAD drawing
            image/vnd.dxf a DXF drawing
            image/vnd.wap.wbmp a WBMP image
            image/vnd.zbrush.dcx a DCX image
            image/x-jp2-container a JPEG 2000 image
            image/x-portable-anymap a PNM image
            image/x-portable-bitmap a PBM image
            image/x-portable-graymap a PGM image
            image/x-portable-pixmap a PPM image
            image/x-portable-arbitrarymap a PAM image
            image/x-portable-floatmap a PFM image
            image/x-portable-halfmap a PHM image
            image/x-raw-adobe a DNG image
            image/x-raw-canon a Canon raw image
            image/x-raw-fuji a Fujifilm raw image
            image/x-raw-nikon a Nikon raw image
            image/x-raw-olympus an Olympus raw image
            image/x-raw-panasonic a Panasonic raw image
            image/x-raw-pentax a Pentax raw image
            image/x-raw-sony a Sony raw image
            video/quicktime a QuickTime video
            video/webm a WebM video
            video/x-matroska a Matroska video
            video/mp2t an MPEG transport stream
            video/x-msvideo an AVI video
            video/x-ms-asf a Windows Media video
            video/x-ms-wmv a Windows Media video
            video/x-motion-jpeg a Motion JPEG video
            video/vnd.rn-realvideo a RealVideo file
            audio/x-ms-wma a Windows Media sound file
            audio/x-pn-realaudio a RealAudio file
            audio/vnd.dolby.dd-raw an AC-3 file
            audio/mpeg an MP3 file
            audio/webm a WebM sound file
            audio/x-matroska a Matroska sound file
            text/plain a text
            text/html an HTML page
            text/csv a CSV table
            text/tab-separated-values a TSV table
            text/markdown a Markdown text
            """);

    private Phrases() {}

    /** "a BMP image" for {@code image/bmp}; of a type that nobody knows, "a file of type ...". */
    static String of(String mediaType) {
        String type = MediaTypes.canonical(mediaType);
        if (type.equals(MediaTypes.UNKNOWN)) {
            return "a file of no known format";
        }
        String known = KNOWN.get(type);
        String seen = known == null ? Signatures.phrase(type) : known;
        return seen == null ? byTree(type) : seen;
    }

    /** {@code BMP} for {@code image/x-ms-bmp}: the subtype without what says who made it. */
    static String name(String mediaType) {
        String subtype = mediaType.substring(mediaType.indexOf('/') + 1);
        return MAKER.matcher(subtype).replaceFirst("").toUpperCase(Locale.ROOT);
    }

    private static String byTree(String type) {
        String noun = switch (type.substring(0, type.indexOf('/'))) {
            case "image" -> "image";
            case "video" -> "video";
            case "audio" -> "sound file";
            default -> null;
        };
        if (noun == null) {
            return "a file of type " + type;
        }
        String name = name(type);
        return (isSpokenWithVowel(name) ? "an " : "a ") + name + " " + noun;
    }

    /** Short names are spelled: "an MP4", but "a MATROSKA". */
    private static boolean isSpokenWithVowel(String name) {
        String vowels = name.length() < 5 ? "AEFHILMNORSX8" : "AEIO8";
        return vowels.indexOf(name.charAt(0)) >= 0;
    }

    private static Map<String, String> read(String table) {
        Map<String, String> phrases = new HashMap<>();
        table.lines().map(line -> line.split(" ", 2)).forEach(words -> phrases.put(words[0], words[1]));
        return Map.copyOf(phrases);
    }
}
