package dev.waybill.platform.formats;

import static dev.waybill.platform.formats.Bytes.hex;
import static dev.waybill.platform.formats.Bytes.text;
import static dev.waybill.platform.formats.Bytes.utf8;
import static dev.waybill.platform.formats.FileKind.AUDIO;
import static dev.waybill.platform.formats.FileKind.BINARY;
import static dev.waybill.platform.formats.FileKind.DOCUMENT;
import static dev.waybill.platform.formats.FileKind.EXCEL;
import static dev.waybill.platform.formats.FileKind.IMAGE;
import static dev.waybill.platform.formats.FileKind.JSON;
import static dev.waybill.platform.formats.FileKind.PDF;
import static dev.waybill.platform.formats.FileKind.TEXT;
import static dev.waybill.platform.formats.FileKind.VIDEO;
import static dev.waybill.platform.formats.FormatCase.answer;
import static dev.waybill.platform.formats.FormatCase.check;
import static dev.waybill.platform.formats.FormatCase.refused;
import static dev.waybill.platform.formats.FormatCase.taken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.DetectionResult.Misfit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What properties take of the usual formats, and as which media types. */
class FormatsTests {

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private static final String XLSM = "application/vnd.ms-excel.sheet.macroenabled.12";
    private static final String XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12";
    private static final String OCTETS = "application/octet-stream";

    static Stream<FormatCase> pictures() {
        byte[] heic = MadeMedia.ftyp("heic", "mif1", "heic");
        byte[] avif = MadeMedia.ftyp("mif1", "avif", "miaf");
        byte[] svg = utf8("<?xml version='1.0'?>\n<!-- drawn -->\n<svg xmlns='http://www.w3.org/2000/svg'/>");
        return Stream.of(
                taken(IMAGE, "a.png", "image/png", MadeFiles.PNG, "image/png"),
                taken(IMAGE, "a.pdf", "image/x-png", MadeFiles.PNG, "image/png"),
                taken(IMAGE, "blob", "", MadeFiles.jpeg(), "image/jpeg"),
                taken(IMAGE, "a.jfif", "image/pjpeg", MadeFiles.jpeg(), "image/jpeg"),
                taken(IMAGE, "a.gif", "IMAGE/GIF", MadeFiles.GIF, "image/gif"),
                taken(IMAGE, "a", OCTETS, MadeMedia.riff("RIFF", "WEBP"), "image/webp"),
                taken(IMAGE, "a.heic", "image/heic", heic, "image/heic"),
                taken(IMAGE, "a.heif", "image/heif", heic, "image/heif"),
                taken(IMAGE, "a", null, MadeMedia.ftyp("hevc", "msf1"), "image/heic"),
                taken(IMAGE, "a", null, avif, "image/avif"),
                taken(IMAGE, "a", null, MadeMedia.ftyp("avis"), "image/avif"),
                taken(IMAGE, "a", null, MadeMedia.ftyp("mif1", "heix"), "image/heic"),
                taken(IMAGE, "a", null, MadeFiles.tiff(true), "image/tiff"),
                taken(IMAGE, "a.nef", "image/x-nikon-nef", MadeFiles.tiff(false), "image/x-nikon-nef"),
                taken(IMAGE, "a.bmp", "image/x-ms-bmp", MadeFiles.bmp(), "image/bmp"),
                taken(IMAGE, "a.ico", "image/vnd.microsoft.icon", MadeFiles.ico(), "image/x-icon"),
                taken(IMAGE, "a.svg", "image/svg+xml", svg, "image/svg+xml"),
                taken(IMAGE, "blob", "", svg, "image/svg+xml"),
                taken(IMAGE, "a.svg", "", text(new String(svg), "UTF-16"), "image/svg+xml"),
                taken(IMAGE, "a.tga", "image/x-targa", MadeFiles.tga(2, 24), "image/x-tga"),
                taken(IMAGE, "blob", "", MadeFiles.tga(10, 32), "image/x-tga"),
                taken(IMAGE, "dot.xbm", "image/x-xbitmap", MadeFiles.xbm(), "image/x-xbitmap"),
                taken(IMAGE, "dot", "", MadeFiles.xbm(), "image/x-xbitmap"),
                taken(IMAGE, "a", "", utf8("P1\n# made\n2 2\n0 1 1 0\n"), "image/x-portable-bitmap"),
                refused(IMAGE, "a.svg", "image/svg+xml", utf8("Not a drawing.\n")),
                refused(IMAGE, "a.xbm", "image/x-xbitmap", utf8("#include <stdio.h>\n")),
                refused(IMAGE, "a.png", "image/png", MadeFiles.elf()),
                refused(IMAGE, "a.png", "image/png", MadeFiles.exe()),
                refused(IMAGE, "a.png", "image/png", MadeFiles.zip("a.txt")),
                refused(IMAGE, "a.png", "image/png", utf8("hello\n")),
                refused(IMAGE, "a.tga", "image/x-tga", new Bytes().noise(900).toArray()));
    }

    static Stream<FormatCase> media() {
        byte[] sound = MadeMedia.matroska("webm", 2);
        byte[] film = MadeMedia.matroska("webm", 1, 2);
        byte[] soundMp4 = MadeMedia.mp4("isom", "soun");
        return Stream.of(
                taken(AUDIO, "recording.webm", "audio/webm;codecs=opus", sound, "audio/webm"),
                taken(AUDIO, "recording.webm", "video/webm", sound, "audio/webm"),
                taken(AUDIO, "blob", "", sound, "audio/webm"),
                refused(AUDIO, "a.webm", "video/webm", film),
                refused(AUDIO, "a.webm", "audio/webm", film),
                taken(VIDEO, "a.webm", "video/webm;codecs=\"vp9,opus\"", film, "video/webm"),
                refused(VIDEO, "a.webm", "video/webm", sound),
                taken(AUDIO, "a", "", MadeMedia.matroska("matroska", 2, 17), "audio/x-matroska"),
                taken(VIDEO, "a", "", MadeMedia.matroska("matroska", 2, 1), "video/x-matroska"),
                taken(AUDIO, "a.mp4", "audio/mp4", soundMp4, "audio/mp4"),
                taken(AUDIO, "a.mp4", "video/mp4", soundMp4, "audio/mp4"),
                taken(AUDIO, "a", "", soundMp4, "audio/mp4"),
                taken(AUDIO, "a.m4a", "audio/x-m4a", MadeMedia.mp4("M4A ", "soun"), "audio/mp4"),
                taken(AUDIO, "a", OCTETS, MadeMedia.mp4("3gp5", "soun"), "audio/3gpp"),
                taken(AUDIO, "a.3gp", "video/3gpp", MadeMedia.mp4("3gp4", "soun"), "audio/3gpp"),
                taken(VIDEO, "a.3gp", "video/3gpp", MadeMedia.mp4("3gp4", "soun", "vide"), "video/3gpp"),
                refused(AUDIO, "a.mp4", "video/mp4", MadeMedia.mp4("isom", "soun", "vide")),
                taken(VIDEO, "a.mp4", "video/mp4", MadeMedia.mp4("isom", "vide", "soun"), "video/mp4"),
                taken(VIDEO, "a.mov", "video/quicktime", MadeMedia.mp4("qt  ", "vide"), "video/quicktime"),
                taken(VIDEO, "a.mov", "", MadeMedia.quickTimeWithoutBrand("vide"), "video/quicktime"),
                taken(VIDEO, "a.m4v", "video/x-m4v", MadeMedia.mp4("M4V ", "vide"), "video/x-m4v"),
                taken(VIDEO, "a.mp4", "video/mp4", MadeMedia.mp4WithLargeSize("vide"), "video/mp4"),
                taken(VIDEO, "a.mp4", "video/mp4", MadeMedia.fragmented("vide"), "video/mp4"),
                taken(VIDEO, "seg.m4s", "", MadeMedia.segment(), "video/mp4"),
                taken(AUDIO, "seg.m4s", "audio/mp4", MadeMedia.segment(), "audio/mp4"),
                taken(AUDIO, "a.ogg", "application/ogg", MadeMedia.ogg("OpusHead"), "audio/ogg"),
                taken(AUDIO, "a.opus", "audio/opus", MadeMedia.ogg("OpusHead"), "audio/ogg"),
                refused(AUDIO, "a.ogg", "video/ogg", MadeMedia.ogg("\u0080theora", "\1vorbis")),
                taken(VIDEO, "a.ogv", "", MadeMedia.ogg("\u0080theora", "\1vorbis"), "video/ogg"),
                taken(AUDIO, "a.wav", "audio/x-wav", MadeMedia.riff("RIFF", "WAVE"), "audio/wav"),
                taken(AUDIO, "a", "", MadeMedia.riff("RF64", "WAVE"), "audio/wav"),
                taken(AUDIO, "a.mp3", "audio/mp3", MadeMedia.mp3(true), "audio/mpeg"),
                taken(AUDIO, "a", "", MadeMedia.mp3(false), "audio/mpeg"),
                taken(AUDIO, "a", "", MadeMedia.aac(), "audio/aac"),
                taken(AUDIO, "a", "", MadeMedia.flac(), "audio/flac"),
                taken(AUDIO, "a", "", MadeMedia.amr(), "audio/amr"),
                taken(AUDIO, "a.aif", "audio/x-aiff", MadeMedia.aiff(), "audio/aiff"),
                taken(VIDEO, "a.avi", "video/avi", MadeMedia.riff("RIFF", "AVI "), "video/x-msvideo"),
                taken(VIDEO, "show.ts", "video/mp2t", MadeMedia.transportStream(188), "video/mp2t"),
                taken(VIDEO, "show.MTS", OCTETS, MadeMedia.transportStream(192), "video/mp2t"),
                taken(VIDEO, "show", "", MadeMedia.transportStream(204), "video/mp2t"),
                refused(VIDEO, "main.ts", "video/mp2t", utf8("export const answer: number = 42;\n")),
                taken(TEXT, "main.ts", "video/mp2t", utf8("export const answer: number = 42;\n"), "text/x-typescript"),
                taken(VIDEO, "a.dv", "video/dv", MadeMedia.dv(), "video/dv"),
                taken(VIDEO, "a", "", MadeMedia.dv(), "video/dv"),
                taken(VIDEO, "a.h264", "", MadeMedia.h264(), "video/h264"),
                taken(VIDEO, "a.265", "", MadeMedia.h265(), "video/h265"),
                taken(VIDEO, "a.mjpeg", "video/x-motion-jpeg", MadeMedia.motionJpeg(), "video/x-motion-jpeg"),
                taken(VIDEO, "blob", "", MadeMedia.motionJpeg(), "video/x-motion-jpeg"),
                refused(VIDEO, "a.jpg", "image/jpeg", MadeFiles.jpeg()),
                taken(VIDEO, "a.mxf", "application/mxf", MadeMedia.mxf(), "application/mxf"),
                taken(VIDEO, "a.mpg", "video/mpeg", MadeMedia.programStream(), "video/mpeg"),
                taken(VIDEO, "a.wmv", "video/x-ms-wmv", MadeMedia.asf(), "video/x-ms-wmv"),
                taken(AUDIO, "a.wma", "audio/x-ms-wma", MadeMedia.asf(), "audio/x-ms-wma"),
                refused(AUDIO, "a.png", "audio/mpeg", MadeFiles.PNG));
    }

    static Stream<FormatCase> documents() {
        byte[] csv = utf8("a,b\n1,2\n");
        byte[] xls = MadeFiles.ole("Workbook");
        byte[] odt = MadeFiles.withMimetype("application/vnd.oasis.opendocument.text", "content.xml");
        byte[] bigXlsx = MadeFiles.zip(
                new Bytes().noise(20_000).toArray(), "media/picture", "xl/workbook.xml", "[Content_Types].xml");
        return Stream.of(
                taken(PDF, "a.pdf", "application/x-pdf", MadeFiles.pdf(0), "application/pdf"),
                taken(PDF, "a", "", MadeFiles.pdf(1000), "application/pdf"),
                refused(PDF, "a.pdf", "application/pdf", MadeFiles.pdf(1100)),
                taken(EXCEL, "blob", "text/csv", csv, "text/csv"),
                taken(EXCEL, "prices.csv", "application/vnd.ms-excel", csv, "text/csv"),
                taken(EXCEL, "prices.xls", "application/vnd.ms-excel", csv, "text/csv"),
                taken(EXCEL, "blob", "", csv, "text/csv"),
                taken(EXCEL, "export", "text/plain", csv, "text/csv"),
                taken(EXCEL, "export.txt", "text/plain", csv, "text/csv"),
                refused(EXCEL, "notes.txt", "text/plain", utf8("first, this\nthen that\n")),
                taken(EXCEL, "blob", "", MadeFiles.xlsx(), XLSX),
                taken(EXCEL, "a.xlsx.tmp", "application/zip", MadeFiles.xlsx(), XLSX),
                taken(EXCEL, "a.xlsx.", "", bigXlsx, XLSX),
                taken(EXCEL, "blob", XLSX, bigXlsx, XLSX),
                taken(EXCEL, "a.xlsm", XLSM, MadeFiles.xlsm(), XLSM),
                taken(EXCEL, "a.bak", "", MadeFiles.xlsm(), XLSM),
                taken(EXCEL, "a", "", MadeFiles.xlsb(), XLSB),
                taken(EXCEL, "a.xls", "application/vnd.ms-excel", xls, "application/vnd.ms-excel"),
                taken(EXCEL, "a", "", MadeFiles.ole("Book"), "application/vnd.ms-excel"),
                refused(EXCEL, "a.xls", "application/vnd.ms-excel", MadeFiles.ole("WordDocument")),
                refused(EXCEL, "a.xlsx", XLSX, MadeFiles.docx()),
                refused(EXCEL, "a.xlsx", XLSX, MadeFiles.zip("a.txt", "b.txt")),
                refused(EXCEL, "a.zip", "application/x-zip-compressed", bigXlsx),
                taken(DOCUMENT, "a.xls", "application/vnd.ms-excel", xls, "application/vnd.ms-excel"),
                taken(DOCUMENT, "a.xlsm", XLSM, MadeFiles.xlsm(), XLSM),
                taken(DOCUMENT, "a.xlsb", XLSB, MadeFiles.xlsb(), XLSB),
                taken(DOCUMENT, "a.doc", "application/msword", MadeFiles.ole("WordDocument"), "application/msword"),
                taken(DOCUMENT, "a", "", MadeFiles.ole("PowerPoint Document"), "application/vnd.ms-powerpoint"),
                taken(DOCUMENT, "a.msg", "", MadeFiles.ole("__properties_version1.0"), "application/vnd.ms-outlook"),
                taken(DOCUMENT, "a.docx", DOCX, MadeFiles.ole("EncryptedPackage"), DOCX),
                taken(DOCUMENT, "blob", "", MadeFiles.docx(), DOCX),
                taken(DOCUMENT, "blob", "", odt, "application/vnd.oasis.opendocument.text"),
                taken(DOCUMENT, "a", "", MadeFiles.withMimetype("application/epub+zip"), "application/epub+zip"),
                taken(DOCUMENT, "a.rtf", "text/rtf", utf8("{\\rtf1 hello}"), "application/rtf"),
                refused(DOCUMENT, "a.doc", "application/msword", MadeFiles.PNG),
                refused(DOCUMENT, "a.zip", "application/zip", MadeFiles.zip("a.txt")),
                refused(TEXT, "a.xls", "application/vnd.ms-excel", xls));
    }

    static Stream<FormatCase> texts() {
        byte[] ppm = new Bytes().ascii("P6\n20 20\n255\n").noise(1200).toArray();
        byte[] lines = utf8("{\"a\":1}\n{\"a\":2}\n");
        String json = "{\"title\": \"\u5546\u54c1\u306e\u4fa1\u683c\"}";
        return Stream.of(
                taken(TEXT, "prices.csv", "application/vnd.ms-excel", utf8("a,b\n"), "text/csv"),
                taken(TEXT, "a.csv", "application/csv", utf8("a,b\n"), "text/csv"),
                taken(TEXT, "a", "text/comma-separated-values; header=present", utf8("a,b\n"), "text/csv"),
                taken(TEXT, "a.csv", "binary/octet-stream", utf8("a,b\n"), "text/csv"),
                taken(JSON, "a.jsonl", "application/jsonl", lines, "application/x-ndjson"),
                taken(JSON, "a", "application/x-jsonlines", lines, "application/x-ndjson"),
                taken(JSON, "a.jsonl", OCTETS, lines, "application/x-ndjson"),
                taken(JSON, "a", "text/json", utf8("{}"), "application/json"),
                taken(JSON, "a", "", utf8(" [1, 2]"), "application/json"),
                taken(JSON, "a.json", "text/plain", utf8("\"word\""), "application/json"),
                taken(JSON, "a.json", "application/json", text(json, "windows-31j"), "application/json"),
                taken(JSON, "a.json", "application/json", text(json, "UTF-16LE"), "application/json"),
                taken(TEXT, "a.jsonl", "application/jsonlines", lines, "application/x-ndjson"),
                refused(JSON, "a.txt", "text/plain", utf8("hello, world\n")),
                taken(TEXT, "a.eml", "message/rfc822", utf8("From: a@example.com\n\nhi\n"), "message/rfc822"),
                taken(
                        TEXT,
                        "a.svg",
                        "image/svg+xml",
                        utf8("<svg xmlns='http://www.w3.org/2000/svg'/>"),
                        "image/svg+xml"),
                taken(TEXT, "a.html", "text/html", utf8("<!DOCTYPE html><p>hi"), "text/html"),
                taken(TEXT, "blob", "", utf8("<html><body>hi"), "text/html"),
                taken(TEXT, "a.log", "", utf8("one line\0of a log that was cut\n"), "text/plain"),
                taken(
                        TEXT,
                        "a.pem",
                        "application/x-x509-ca-cert",
                        utf8("-----BEGIN CERTIFICATE-----\nMII\n"),
                        "application/x-x509-ca-cert"),
                refused(TEXT, "a.txt", "text/plain", MadeFiles.GIF),
                refused(TEXT, "a.ppm", "image/x-portable-pixmap", ppm),
                refused(DOCUMENT, "a", "", ppm),
                refused(TEXT, "a.txt", "text/plain", MadeMedia.mp3(true)),
                refused(TEXT, "a.txt", "text/plain", MadeFiles.zip("a.txt")),
                refused(TEXT, "a.txt", "text/plain", MadeFiles.elf()),
                refused(TEXT, "a.txt", "text/plain", new byte[300]),
                refused(TEXT, "a.txt", "text/plain", new Bytes().noise(3000).toArray()),
                refused(TEXT, "a.txt", "text/plain", hex("0001020304050607")));
    }

    @ParameterizedTest
    @MethodSource({"pictures", "media", "documents", "texts"})
    void aPropertyTakesWhatTheBytesAllow(FormatCase each) {
        check(each);
    }

    @Test
    void anythingIsBinaryAndReportedAsWhatItIs() {
        check(taken(BINARY, "a.bin", OCTETS, MadeFiles.PNG, "image/png"));
        check(taken(BINARY, "a.bin", "", new Bytes().noise(500).toArray(), OCTETS));
        check(taken(BINARY, "a.tar", "", MadeFiles.tar(), "application/x-tar"));
        check(taken(null, "a.gz", "", MadeFiles.gzip(utf8("a")), "application/gzip"));
    }

    @Test
    void aRefusalSaysWhyInWords() {
        Misfit misfit = (Misfit) answer(IMAGE, "a.png", "image/png", MadeFiles.zip("a.txt"));

        assertThat(misfit.message()).isEqualTo("Invalid file format: Expected IMAGE, got ZIP");
        assertThat(misfit.reason()).isEqualTo("the file is a ZIP archive, the property takes images");
        assertThat(misfit.details())
                .containsEntry("expected", "IMAGE")
                .containsEntry("actual", "ZIP")
                .containsEntry("detected_type", "application/zip")
                .containsEntry("reason", misfit.reason());
    }

    @Test
    void emptyFilesAreTakenByWhatMayBeEmpty() {
        byte[] nothing = {};

        check(taken(TEXT, "a.csv", "text/csv", nothing, "text/csv"));
        check(taken(TEXT, "a", "", nothing, "text/plain"));
        check(taken(DOCUMENT, "a.txt", "text/plain", nothing, "text/plain"));
        check(taken(BINARY, "a", "", nothing, OCTETS));
        check(taken(JSON, "a.jsonl", "", nothing, "application/x-ndjson"));
        for (FileKind kind : new FileKind[] {IMAGE, VIDEO, AUDIO, PDF, EXCEL}) {
            check(refused(kind, "a.png", "image/png", nothing));
        }
        check(refused(JSON, "a.json", "application/json", nothing));
    }

    @Test
    void whatIsDeclaredIsTrueOrNot() {
        assertThat(answer(null, "a", "image/jpg", MadeFiles.jpeg()).isAsDeclared())
                .isTrue();
        assertThat(answer(null, "a", "application/zip", MadeFiles.docx()).isAsDeclared())
                .isTrue();
        assertThat(answer(null, "a", "video/mp4", MadeMedia.mp4("isom", "soun")).isAsDeclared())
                .isTrue();
        assertThat(answer(null, "a", "text/plain", utf8("{}")).isAsDeclared()).isTrue();
        assertThat(answer(null, "a", "image/png", MadeFiles.jpeg()).isAsDeclared())
                .isFalse();
        assertThat(answer(null, "a", "image/png", MadeFiles.exe()).isAsDeclared())
                .isFalse();
        assertThat(answer(null, "a", DOCX, MadeFiles.zip("a")).isAsDeclared()).isFalse();
        assertThat(answer(null, "a", "application/pdf", utf8("hello")).isAsDeclared())
                .isFalse();
        assertThat(answer(null, "a", "model/vnd.made-up", new Bytes().noise(500).toArray())
                        .isAsDeclared())
                .isTrue();
        assertThat(answer(null, "a", "image/png", new Bytes().noise(500).toArray())
                        .isAsDeclared())
                .isFalse();
    }
}
