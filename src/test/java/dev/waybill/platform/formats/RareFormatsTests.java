package dev.waybill.platform.formats;

import static dev.waybill.platform.formats.Bytes.hex;
import static dev.waybill.platform.formats.Bytes.join;
import static dev.waybill.platform.formats.Bytes.text;
import static dev.waybill.platform.formats.Bytes.utf8;
import static dev.waybill.platform.formats.FileKind.AUDIO;
import static dev.waybill.platform.formats.FileKind.BINARY;
import static dev.waybill.platform.formats.FileKind.DOCUMENT;
import static dev.waybill.platform.formats.FileKind.EXCEL;
import static dev.waybill.platform.formats.FileKind.IMAGE;
import static dev.waybill.platform.formats.FileKind.JSON;
import static dev.waybill.platform.formats.FileKind.TEXT;
import static dev.waybill.platform.formats.FileKind.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.DetectionResult.Fits;
import dev.waybill.platform.formats.DetectionResult.Misfit;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Formats that are seldom met, by their bytes. */
class RareFormatsTests {

    private static final byte[] NOISE = new Bytes().noise(1500).toArray();

    private static Arguments taken(FileKind kind, String filename, String declared, byte[] bytes, String mediaType) {
        return Arguments.of(kind, filename, declared, bytes, mediaType);
    }

    private static Arguments refused(FileKind kind, String filename, String declared, byte[] bytes) {
        return Arguments.of(kind, filename, declared, bytes, null);
    }

    private static DetectionResult answer(FileKind kind, String filename, String declared, byte[] bytes) {
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, MediaTypes.HEAD_BYTES));
        FileBytes read = FileBytes.of(
                head,
                bytes.length,
                (from, count) -> Arrays.copyOfRange(bytes, (int) from, (int) Math.min(bytes.length, from + count)));
        return Formats.answer(new DetectionInput(read, filename, declared, kind));
    }

    static Stream<Arguments> pictures() {
        byte[] white = new byte[1200];
        Arrays.fill(white, (byte) 0xff);
        byte[] pam = join(utf8("P7\nWIDTH 20\nHEIGHT 20\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\n"), white);
        byte[] pfm = join(utf8("PF\n10 10\n-1.0\n"), white);
        byte[] phm = join(utf8("Ph\n20 30\n-1.0\n"), white);
        byte[] radiance = join(utf8("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 20 +X 20\n"), white);
        byte[] im = join(utf8("Image type: RGB image\r\nName: a.im\r\n"), new byte[476], hex("1a"), NOISE);
        byte[] eps = join(
                hex("c5d0d3c6 1e000000 40000000 00000000 00000000 5e000000 00100000 ffff"), utf8("%!PS-Adobe"), NOISE);
        byte[] epsText = utf8("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n");
        byte[] svgz = MadeFiles.gzip(utf8("<svg xmlns='http://www.w3.org/2000/svg'/>"));
        byte[] miniature = new Bytes().u32(16).ascii("ftypmif3avif").noise(200).toArray();
        byte[] headless = join(
                MadeMedia.ftyp("iso8", "mif1", "heic"),
                MadeMedia.box("meta", new byte[4], MadeMedia.box("hdlr", new byte[8], utf8("pict"), new byte[13])),
                NOISE);
        return Stream.of(
                taken(IMAGE, "a", "", pam, "image/x-portable-arbitrarymap"),
                taken(IMAGE, "a", "", pfm, "image/x-portable-floatmap"),
                taken(IMAGE, "a", "", phm, "image/x-portable-halfmap"),
                taken(IMAGE, "a.hdr", "image/vnd.radiance", radiance, "image/vnd.radiance"),
                taken(IMAGE, "a", "", join(utf8("#?RGBE\nEXPOSURE=1\n\n-Y 9 +X 9\n"), NOISE), "image/vnd.radiance"),
                taken(IMAGE, "a", "", utf8("! XPM2\n2 2 1 1\na c #000000\naa\naa\n"), "image/x-xpixmap"),
                taken(
                        IMAGE,
                        "a.ras",
                        "",
                        join(hex("59a66a95 00000010 00000010 00000008"), NOISE),
                        "image/x-sun-raster"),
                taken(IMAGE, "a", "", dump(), "image/x-xwindowdump"),
                taken(IMAGE, "a", "", paint(), "image/x-msp"),
                taken(IMAGE, "a", "", join(hex("0a050108"), NOISE), "image/vnd.zbrush.pcx"),
                taken(IMAGE, "a", "image/x-pcx", join(hex("0a050108"), NOISE), "image/vnd.zbrush.pcx"),
                taken(IMAGE, "a", "", im, "image/x-im"),
                taken(IMAGE, "a.eps", "application/postscript", eps, "image/x-eps"),
                taken(IMAGE, "a", "", eps, "image/x-eps"),
                taken(DOCUMENT, "a.eps", "application/postscript", eps, "application/postscript"),
                taken(DOCUMENT, "a", "", eps, "image/x-eps"),
                taken(IMAGE, "a.eps", "image/x-eps", epsText, "image/x-eps"),
                taken(IMAGE, "a", "", epsText, "image/x-eps"),
                taken(TEXT, "a.eps", "image/x-eps", epsText, "image/x-eps"),
                taken(DOCUMENT, "a", "", epsText, "application/postscript"),
                taken(IMAGE, "a.svgz", "image/svg+xml", svgz, "image/svg+xml-compressed"),
                taken(IMAGE, "blob", "", svgz, "image/svg+xml-compressed"),
                taken(BINARY, "a.svgz", "", svgz, "image/svg+xml-compressed"),
                taken(BINARY, "a.gz", "", svgz, "application/gzip"),
                taken(IMAGE, "a", "", MadeMedia.ftyp("1pic", "mif1", "heic"), "image/heic"),
                taken(IMAGE, "a", "", MadeMedia.ftyp("mif3", "avif"), "image/avif"),
                taken(IMAGE, "a", "", miniature, "image/avif"),
                taken(IMAGE, "a", "", headless, "image/heic"),
                taken(IMAGE, "a", "", MadeMedia.ftyp("MA1B", "avif"), "image/avif"),
                taken(IMAGE, "a", "", MadeMedia.ftyp("j2ki", "mif1"), "image/heif"),
                taken(
                        TEXT,
                        "a.ppm",
                        "image/x-portable-pixmap",
                        utf8("P3\n1 1\n255\n1 2 3\n"),
                        "image/x-portable-pixmap"),
                taken(TEXT, "a", "", utf8("PF\nis a mark\n"), "text/plain"),
                taken(TEXT, "a", "", utf8("P7\nWIDTH is a line of PAM\n"), "text/plain"),
                taken(TEXT, "a", "", utf8("#?RADIANCE is the first line\n"), "text/plain"),
                refused(TEXT, "a.eps", "application/postscript", eps),
                refused(TEXT, "notes.txt", "text/plain", pam),
                refused(TEXT, "notes.txt", "text/plain", pfm),
                refused(TEXT, "notes.txt", "text/plain", radiance),
                refused(IMAGE, "a.svgz", "image/svg+xml", MadeFiles.gzip(utf8("no drawing"))),
                refused(IMAGE, "a.ps", "application/postscript", utf8("%!PS-Adobe-2.0\nshowpage\n")),
                refused(IMAGE, "a.msp", "image/x-msp", join(utf8("DanM"), NOISE)));
    }

    private static byte[] dump() {
        Bytes header = new Bytes().u32(105).u32(7).u32(2).u32(24).u32(16).u32(16);
        return header.zeros(76).ascii("root\0").noise(900).toArray();
    }

    /** With the sum that makes all words come to nothing. */
    private static byte[] paint() {
        byte[] header = new Bytes().ascii("LinS").u16le(16).u16le(16).zeros(24).toArray();
        for (int at = 0; at < 24; at += 2) {
            header[24] ^= header[at];
            header[25] ^= header[at + 1];
        }
        return join(header, NOISE);
    }

    static Stream<Arguments> media() {
        byte[] apeTagged = join(
                utf8("APETAGEX"),
                hex("d0070000 2000000 0".replace(" ", "") + "000000000000000000000000000000a0"),
                NOISE);
        byte[] white = new byte[3000];
        Arrays.fill(white, (byte) 0xeb);
        byte[] y4m = join(utf8("YUV4MPEG2 W20 H20 F25:1\nFRAME\n"), white);
        byte[] cut = Arrays.copyOfRange(MadeMedia.transportStream(188), 77, 3000);
        return Stream.of(
                taken(AUDIO, "a.dts", "", join(hex("7ffe8001"), NOISE), "audio/vnd.dts"),
                taken(AUDIO, "a", "", join(hex("fe7f0180"), NOISE), "audio/vnd.dts"),
                taken(AUDIO, "a", "audio/x-dts", join(hex("ff1f00e8"), NOISE), "audio/vnd.dts"),
                taken(AUDIO, "a.mp3", "audio/mpeg", apeTagged, "audio/mpeg"),
                taken(AUDIO, "a", "", apeTagged, "audio/mpeg"),
                taken(AUDIO, "blob", "", MadeMedia.asfOf("soun"), "audio/x-ms-wma"),
                taken(AUDIO, "blob", "video/x-ms-asf", MadeMedia.asfOf("soun"), "audio/x-ms-wma"),
                taken(VIDEO, "a.wmv", "", MadeMedia.asfOf("soun", "vide"), "video/x-ms-wmv"),
                taken(VIDEO, "blob", "", MadeMedia.asfOf("vide"), "video/x-ms-asf"),
                taken(AUDIO, "blob", "", MadeMedia.asf(), "audio/x-ms-wma"),
                refused(AUDIO, "a.wma", "audio/x-ms-wma", MadeMedia.asfOf("vide", "soun")),
                refused(VIDEO, "a.wmv", "video/x-ms-wmv", MadeMedia.asfOf("soun")),
                taken(VIDEO, "a.y4m", "", y4m, "video/x-yuv4mpeg"),
                refused(TEXT, "notes.txt", "text/plain", y4m),
                taken(VIDEO, "a.obu", "", join(hex("12000a0a00000024cf7fff1b"), NOISE), "video/x-av1"),
                taken(VIDEO, "a.ivf", "", join(utf8("DKIF"), hex("00002000"), utf8("AV01"), NOISE), "video/x-ivf"),
                taken(VIDEO, "a.ts", "video/mp2t", cut, "video/mp2t"),
                taken(VIDEO, "a", "", cut, "video/mp2t"),
                taken(AUDIO, "a.ts", "video/mp2t", MadeMedia.programs(0x0f), "audio/mp2t"),
                taken(AUDIO, "a", "", MadeMedia.programs(0x03, 0x81), "audio/mp2t"),
                taken(VIDEO, "a.ts", "video/mp2t", MadeMedia.programs(0x0f, 0x1b), "video/mp2t"),
                refused(VIDEO, "a.ts", "video/mp2t", MadeMedia.programs(0x0f)),
                refused(AUDIO, "a.ts", "audio/mp2t", MadeMedia.programs(0x24, 0x0f)),
                taken(VIDEO, "A.MTS", "model/vnd.mts", MadeMedia.transportStream(192), "video/mp2t"),
                taken(VIDEO, "v.mjpeg", "image/jpeg", MadeMedia.motionJpeg(), "video/x-motion-jpeg"),
                taken(
                        VIDEO,
                        "v.rmvb",
                        "application/vnd.rn-realmedia-vbr",
                        join(utf8(".RMF"), hex("0000001200010000000000000008"), NOISE),
                        "application/vnd.rn-realmedia"));
    }

    static Stream<Arguments> documents() {
        byte[] html = utf8("<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><body><table><tr><td>1");
        byte[] xml = utf8("<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n"
                + "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"></Workbook>");
        String xls = "application/vnd.ms-excel";
        byte[] installer = MadeFiles.oleOf("84100c0000000000c000000000000046", 1, "\u4840\u3b3f");
        return Stream.of(
                taken(EXCEL, "a.xls", xls, html, xls),
                taken(EXCEL, "a.xls", xls, xml, xls),
                taken(EXCEL, "a.xls", "", xml, xls),
                taken(BINARY, "a.xls", xls, html, "text/html"),
                taken(TEXT, "a.xls", xls, html, "text/html"),
                refused(EXCEL, "a.xls", xls, utf8("<html><body>Not found")),
                refused(EXCEL, "a.html", "text/html", html),
                taken(EXCEL, "export.txt", "text/plain", utf8("a,b\n1,2\n"), "text/csv"),
                taken(EXCEL, "export.txt", "text/plain", utf8("a\tb\n1\t\"2\t3\"\n"), "text/tab-separated-values"),
                refused(EXCEL, "notes.txt", "text/plain", utf8("hello, world\nand all\n")),
                taken(BINARY, "a.doc", "application/msword", installer, "application/x-msi"),
                refused(DOCUMENT, "a.doc", "application/msword", installer),
                refused(EXCEL, "a.xls", xls, installer),
                refused(DOCUMENT, "a.doc", "application/msword", MadeFiles.oleOf("", 300, "\u4840\u3b3f")),
                taken(EXCEL, "a", "", MadeFiles.oleOf("", 300, "Workbook"), xls),
                taken(EXCEL, "a", "", MadeFiles.oleOf("", 20_000, "Workbook"), xls),
                taken(DOCUMENT, "a", "", MadeFiles.oleOf("", 300, "WordDocument"), "application/msword"),
                taken(
                        DOCUMENT,
                        "a",
                        "",
                        MadeFiles.oleOf("", 300, "PowerPoint Document"),
                        "application/vnd.ms-powerpoint"),
                taken(
                        DOCUMENT,
                        "a",
                        "",
                        MadeFiles.oleOf("", 300, "__properties_version1.0"),
                        "application/vnd.ms-outlook"),
                taken(
                        DOCUMENT,
                        "a",
                        "",
                        MadeFiles.oleOf("0b0d020000000000c000000000000046", 1, "other"),
                        "application/vnd.ms-outlook"),
                refused(EXCEL, "a.xls", xls, MadeFiles.oleOf("", 300, "WordDocument")));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                taken(JSON, "blob", "", utf8("5"), "application/json"),
                taken(JSON, "blob", "", utf8("-1.5e3\n"), "application/json"),
                taken(JSON, "blob", "", utf8("\"x \\\" y\""), "application/json"),
                taken(JSON, "blob", "text/plain", utf8("null"), "application/json"),
                taken(JSON, "a.json", "application/json", utf8("true"), "application/json"),
                taken(TEXT, "blob", "", utf8("5"), "text/plain"),
                refused(JSON, "blob", "text/plain", utf8("5 apples")),
                refused(JSON, "blob", "", utf8("\"a\" is a letter")),
                taken(JSON, "a.json5", "", utf8("// words\n{a: 1}"), "application/json5"),
                taken(JSON, "a.jl", "", utf8("{\"a\":1}\n{\"a\":2}\n"), "application/x-ndjson"),
                taken(TEXT, "a.jl", "", utf8("println(1)\n"), "text/x-julia"),
                taken(TEXT, "a.stl", "model/stl", utf8("solid a\nendsolid a\n"), "text/plain"),
                taken(TEXT, "a.mts", "model/vnd.mts", utf8("export const a = 1;\n"), "text/x-typescript"),
                taken(TEXT, "a.dxf", "image/vnd.dxf", utf8("0\nSECTION\n"), "text/plain"),
                taken(TEXT, "a.txt", "text/plain", hex("ff0a"), "text/plain"),
                taken(TEXT, "a.txt", "text/plain", hex("c7712c"), "text/plain"),
                taken(TEXT, "a.txt", "text/plain", join(hex("cafebabe2c"), text("漱壕,年龄\n", "GBK")), "text/plain"),
                taken(TEXT, "a.txt", "text/plain", utf8("hello\0"), "text/plain"),
                refused(TEXT, "a.class", "text/plain", join(hex("cafebabe00000041"), NOISE)),
                refused(TEXT, "a.txt", "text/plain", join(hex("ff0a"), NOISE)),
                refused(TEXT, "a.txt", "text/plain", join(hex("c771"), NOISE)),
                refused(IMAGE, "a.png", "image/png", MadeFiles.exe()),
                taken(IMAGE, "a", "", join(hex("ff0a"), NOISE), "image/jxl"));
    }

    @ParameterizedTest
    @MethodSource({"pictures", "media", "documents", "texts"})
    void isWhatItsBytesSay(FileKind kind, String filename, String declared, byte[] bytes, String mediaType) {
        DetectionResult answer = answer(kind, filename, declared, bytes);
        if (mediaType == null) {
            assertThat(answer).isInstanceOf(Misfit.class);
        } else {
            assertThat(answer).isInstanceOf(Fits.class);
            assertThat(answer.mediaType()).isEqualTo(mediaType);
        }
    }
}
