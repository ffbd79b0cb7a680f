package dev.waybill.platform.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.charsets.TextEncodings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that others made: see {@code formats/ORIGIN.md}, and what libraries of the build carry or write. */
class ForeignFilesTests {

    private static byte[] read(String resource) {
        try (InputStream in = ForeignFilesTests.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static DetectionResult answer(byte[] bytes, FileKind kind) {
        byte[] head = java.util.Arrays.copyOf(bytes, Math.min(bytes.length, MediaTypes.HEAD_BYTES));
        return Formats.answer(new DetectionInput(FileBytes.ofHead(head, bytes.length), "blob", "", kind));
    }

    @ParameterizedTest
    @CsvSource({
        "/formats/cpython/python.bmp, IMAGE, image/bmp",
        "/formats/cpython/python.exr, IMAGE, image/aces",
        "/formats/cpython/python.gif, IMAGE, image/gif",
        "/formats/cpython/python.jpg, IMAGE, image/jpeg",
        "/formats/cpython/python.pbm, IMAGE, image/x-portable-bitmap",
        "/formats/cpython/python.pgm, IMAGE, image/x-portable-graymap",
        "/formats/cpython/python.png, IMAGE, image/png",
        "/formats/cpython/python.ppm, IMAGE, image/x-portable-pixmap",
        "/formats/cpython/python.tiff, IMAGE, image/tiff",
        "/formats/cpython/python.webp, IMAGE, image/webp",
        "/formats/cpython/python.xbm, IMAGE, image/x-xbitmap",
        "/formats/cpython/sndhdr.aifc, AUDIO, audio/aiff",
        "/formats/cpython/sndhdr.aiff, AUDIO, audio/aiff",
        "/formats/cpython/sndhdr.wav, AUDIO, audio/wav",
        "/formats/cpython/testtar.tar.xz, BINARY, application/x-xz",
        "/formats/cpython/zipdir.zip, BINARY, application/zip",
        "/formats/npm/can-autoplay.mp3, AUDIO, audio/mpeg",
        "/formats/npm/can-autoplay.mp4, AUDIO, audio/mp4",
        "/formats/npm/nosleep.mp4, VIDEO, video/x-m4v",
        "/formats/npm/nosleep.webm, VIDEO, video/webm",
        "/formats/npm/lena.aac.head, AUDIO, audio/aac",
        "/formats/npm/lena.caf.head, AUDIO, audio/x-caf",
        "/formats/npm/lena.flac.head, AUDIO, audio/flac",
        "/formats/npm/lena.m4a.head, AUDIO, audio/mp4",
        "/formats/npm/lena.mp3.head, AUDIO, audio/mpeg",
        "/formats/npm/lena.ogg.head, AUDIO, audio/ogg",
        "/formats/npm/lena.opus.head, AUDIO, audio/ogg",
        "/formats/npm/lena.wav.head, AUDIO, audio/wav",
        "/formats/npm/lena.webm.head, AUDIO, audio/webm",
        "/formats/npm/mammoth-external-picture.docx, DOCUMENT,"
                + " application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "/formats/npm/mammoth-utf8-bom.docx, DOCUMENT,"
                + " application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "/org/apache/poi/hslf/data/empty.ppt, DOCUMENT, application/vnd.ms-powerpoint",
        "/org/apache/poi/xslf/usermodel/empty.pptx, DOCUMENT,"
                + " application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf, BINARY, font/ttf",
        "/com/sun/jna/linux-x86-64/libjnidispatch.so, BINARY, application/x-executable",
        "/com/sun/jna/win32-x86-64/jnidispatch.dll, BINARY, application/x-dosexec",
        "/org/eclipse/jetty/server/favicon.ico, IMAGE, image/x-icon",
        "/org/springframework/beans/factory/xml/spring-beans.gif, IMAGE, image/gif"
    })
    void theyAreKnownByTheirBytesAlone(String resource, FileKind kind, String mediaType) {
        DetectionResult answer = answer(read(resource), kind);

        assertThat(answer).isInstanceOf(DetectionResult.Fits.class);
        assertThat(answer.mediaType()).isEqualTo(mediaType);
        if (kind != FileKind.TEXT && !mediaType.contains("portable") && !mediaType.contains("xbitmap")) {
            assertThat(answer(read(resource), FileKind.TEXT)).isInstanceOf(DetectionResult.Misfit.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"big5", "euc_jp", "euc_kr", "gb18030", "gb2312", "gbk", "iso2022_jp", "iso2022_kr", "shift_jis"})
    void textIsReadAsItsCompanionInUtf8(String name) {
        byte[] bytes = read("/formats/cpython/" + name + ".txt");
        String meant = new String(read("/formats/cpython/" + name + "-utf8.txt"), StandardCharsets.UTF_8);

        DetectionResult answer = answer(bytes, FileKind.TEXT);

        assertThat(answer).isInstanceOf(DetectionResult.Fits.class);
        String charset = answer.evidence().charset();
        assertThat(charset).isNotNull();
        assertThat(letters(new String(bytes, TextEncodings.charset(charset)))).isEqualTo(letters(meant));
    }

    /** Tables of Java and Python differ in dashes and the like, and in Korean syllables that are spelled out. */
    private static String letters(String text) {
        return text.replaceAll("[^\\p{L}]", "").substring(0, 60);
    }

    @Test
    void sheetsOfPoiAreSheets() throws IOException {
        ByteArrayOutputStream old = new ByteArrayOutputStream();
        ByteArrayOutputStream xml = new ByteArrayOutputStream();
        try (HSSFWorkbook sheets = new HSSFWorkbook();
                XSSFWorkbook others = new XSSFWorkbook()) {
            sheets.createSheet("a").createRow(0).createCell(0).setCellValue("x".repeat(20_000));
            sheets.write(old);
            others.createSheet("a").createRow(0).createCell(0).setCellValue(1);
            others.write(xml);
        }

        assertThat(answer(old.toByteArray(), FileKind.EXCEL).mediaType()).isEqualTo("application/vnd.ms-excel");
        assertThat(answer(old.toByteArray(), FileKind.TEXT)).isInstanceOf(DetectionResult.Misfit.class);
        assertThat(answer(xml.toByteArray(), FileKind.EXCEL).mediaType())
                .isEqualTo("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    }
}
