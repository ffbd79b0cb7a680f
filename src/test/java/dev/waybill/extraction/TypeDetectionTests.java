package dev.waybill.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.DetectionInput;
import dev.waybill.platform.formats.DetectionResult;
import dev.waybill.platform.formats.FileBytes;
import dev.waybill.platform.formats.FileKind;
import dev.waybill.platform.formats.Formats;
import dev.waybill.platform.formats.MadeFiles;
import dev.waybill.platform.formats.MadeMedia;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Extractors take a file for the type declared at its upload, whatever its name. */
class TypeDetectionTests {

    @TempDir
    Path folder;

    /** A file, and the property that took it. */
    record Given(FileKind kind, String filename, String declared, byte[] bytes) {

        @Override
        public String toString() {
            return kind + " " + filename + " " + declared;
        }
    }

    static Stream<Given> files() {
        byte[] page = utf8("<html><body><table><tr><td>1</td></tr></table></body></html>");
        return Stream.of(
                new Given(FileKind.DOCUMENT, "blob", "", MadeFiles.docx()),
                new Given(FileKind.EXCEL, "blob", "", MadeFiles.xlsx()),
                new Given(FileKind.EXCEL, "a.bak", "", MadeFiles.xlsb()),
                new Given(FileKind.EXCEL, "prices.xls", "application/vnd.ms-excel", utf8("a,b\n1,2\n")),
                new Given(FileKind.EXCEL, "blob", "", utf8("a,b\n1,2\n")),
                new Given(FileKind.DOCUMENT, "prices.xls", "application/vnd.ms-excel", page),
                new Given(FileKind.BINARY, "prices.xls", "application/vnd.ms-excel", page),
                new Given(FileKind.DOCUMENT, "a", "", MadeFiles.ole("WordDocument")),
                new Given(FileKind.AUDIO, "recording.webm", "video/webm", MadeMedia.matroska("webm", 2)),
                new Given(FileKind.AUDIO, "a.mp4", "", MadeMedia.mp4IndexedLast("soun")),
                new Given(FileKind.VIDEO, "a", "", MadeMedia.mp4("isom", "vide")),
                new Given(FileKind.AUDIO, "seg.m4s", "audio/mp4", MadeMedia.segment()),
                new Given(FileKind.VIDEO, "blob", "", MadeMedia.motionJpeg()),
                new Given(FileKind.AUDIO, "a.wma", "audio/x-ms-wma", MadeMedia.asf()),
                new Given(FileKind.IMAGE, "blob", "", MadeFiles.tga(2, 24)),
                new Given(FileKind.IMAGE, "dot", "", MadeFiles.xbm()),
                new Given(FileKind.TEXT, "main.ts", "video/mp2t", utf8("export const answer: number = 42;\n")),
                new Given(FileKind.TEXT, "P1.txt", "", utf8("P1 incidents of the week\n")),
                new Given(
                        FileKind.TEXT, "logo.svg", "image/svg+xml", utf8("<svg xmlns='http://www.w3.org/2000/svg'/>")),
                new Given(FileKind.JSON, "a.jsonl", "", utf8("{\"a\":1}\n{\"a\":2}\n")),
                new Given(
                        FileKind.TEXT,
                        "a.csv",
                        "text/csv",
                        "\u4fa1\u683c,\u5546\u54c1\n".getBytes(Charset.forName("Shift_JIS"))),
                new Given(FileKind.PDF, "scan", "", MadeFiles.pdf(500)),
                new Given(FileKind.BINARY, "a.gz", "", MadeFiles.gzip(utf8("a"))),
                new Given(FileKind.BINARY, "noise", "", new byte[] {1, 2, 3, (byte) 0xff, 0, 0, 7, 9}));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theDeclaredTypeCounts(Given given) throws IOException {
        DetectionResult detected = Formats.answer(
                new DetectionInput(FileBytes.of(given.bytes()), given.filename(), given.declared(), given.kind()));
        assertThat(detected).isInstanceOf(DetectionResult.Fits.class);
        Path file = Files.write(folder.resolve("source"), given.bytes());

        SpooledFile seen = new TypeDetection().detect(file, detected.mediaType());

        assertThat(seen.mediaType()).isEqualTo(detected.mediaType());
        if (seen.isText() && detected.evidence().charset() != null) {
            assertThat(seen.charset())
                    .isEqualTo(dev.waybill.platform.charsets.TextEncodings.charset(
                            detected.evidence().charset()));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
