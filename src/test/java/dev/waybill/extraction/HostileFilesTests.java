package dev.waybill.extraction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.waybill.extraction.ExtractionException.Kind;
import dev.waybill.testing.Soak;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Files that are made to hurt, or are hurt. Each ends in a named failure, soon, and leaves nothing behind. */
@Order(4)
class HostileFilesTests {

    private final Extraction extraction = Extraction.in(Duration.ofSeconds(20));
    private final Set<String> before = temporaryFiles();

    @AfterEach
    void nothingIsLeftBehind() {
        // Other tests of this JVM have files of their own just now: they go, what is left behind stays.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(before).containsAll(temporaryFiles()));
    }

    @Test
    void aDocumentThatUnfoldsTooFar() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            entry(zip, "[Content_Types].xml", """
                    <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
                    <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                    <Override PartName="/word/document.xml" ContentType="%s.main+xml"/></Types>""".formatted(RealFiles.DOCX));
            entry(zip, "_rels/.rels", """
                    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
                    <Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/\
                    officeDocument/2006/relationships/officeDocument"/></Relationships>""");
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            zip.write(
                    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>"
                            .getBytes(UTF_8));
            byte[] filler = new byte[1 << 20];
            Arrays.fill(filler, (byte) 'a');
            for (int i = 0; i < Soak.count(30, 300); i++) {
                zip.write(filler);
            }
            zip.write("</w:t></w:r></w:p></w:body></w:document>".getBytes(UTF_8));
        }
        Sample bomb = Sample.of("bomb.docx", RealFiles.DOCX, out.toByteArray());

        fails(extraction.text, bomb, Kind.TOO_MUCH);
        fails(extraction.metadata, bomb, Kind.TOO_MUCH);
        fails(extraction.multimodal, bomb, Kind.TOO_MUCH);
    }

    @Test
    void anArchiveInAnArchiveStaysClosed() throws Exception {
        byte[] inner = "x".repeat(10_000).getBytes(UTF_8);
        for (int depth = 0; depth < 40; depth++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("inner.zip"));
                zip.write(inner);
            }
            inner = out.toByteArray();
        }
        Sample nested = Sample.of("nested.zip", "application/zip", inner);

        assertThat(nested.through(extraction.multimodal).only()).containsEntry("entries", 1);
        fails(extraction.text, nested, Kind.UNSUPPORTED);
    }

    @Test
    void aPdfWhosePagesContainThemselves() {
        Sample endless = pdf("<</Type/Pages/Count 1000000/Kids[2 0 R 2 0 R]>>");

        failsOrIsEmpty(extraction.text, endless);
        failsOrIsEmpty(extraction.metadata, endless);
    }

    @Test
    void aPdfWhoseContentDrawsItself() {
        Sample endless = pdf(
                "<</Type/Pages/Count 1/Kids[3 0 R]>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>>>",
                "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 12>>\nstream\n/X Do /X Do \nendstream",
                "<</Length 5>>\nstream\n/X Do\nendstream");

        fails(Extraction.in(Duration.ofSeconds(2)).text, endless, Kind.TOO_MUCH);
    }

    @Test
    void aPdfThatUnfoldsTooFar() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed, new Deflater(9))) {
            byte[] operators = "BT /F 9 Tf (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET\n"
                    .repeat(1_000)
                    .getBytes(ISO_8859_1);
            for (int i = 0; i < 3_000; i++) {
                deflater.write(operators);
            }
        }
        byte[] content = packed.toByteArray();
        Sample bomb = pdf(
                "<</Type/Pages/Count 1/Kids[3 0 R]>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
                "<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream"
                        .formatted(content.length, new String(content, ISO_8859_1)),
                "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");

        fails(Extraction.in(Duration.ofSeconds(4)).text, bomb, Kind.TOO_MUCH, Map.of("max_characters", 10_000_000));
    }

    @Test
    void entitiesThatMultiply() throws Exception {
        StringBuilder xml = new StringBuilder("<!DOCTYPE package [<!ENTITY e0 \"boom\">");
        for (int i = 1; i < 30; i++) {
            xml.append("<!ENTITY e%d \"%s\">".formatted(i, ("&e" + (i - 1) + ";").repeat(10)));
        }
        String bomb = xml + "]><package><metadata>&e29;</metadata></package>";
        byte[] epub =
                RealFiles.zip("mimetype", "application/epub+zip", "META-INF/container.xml", bomb, "content.opf", bomb);
        byte[] docx = RealFiles.zip("[Content_Types].xml", bomb, "word/document.xml", bomb);

        failsOrIsEmpty(extraction.text, Sample.of("a.epub", "application/epub+zip", epub));
        failsOrIsEmpty(extraction.text, Sample.of("a.docx", RealFiles.DOCX, docx));
        failsOrIsEmpty(extraction.metadata, Sample.of("a.svg", "image/svg+xml", bomb.getBytes(UTF_8)));
    }

    @Test
    void anImageThatClaimsToBeHuge() throws Exception {
        fails(extraction.image, hugePng(60_000, 60_000), Kind.TOO_MUCH);
        fails(extraction.multimodal, hugePng(Integer.MAX_VALUE, Integer.MAX_VALUE), Kind.TOO_MUCH);
        Extraction small =
                new Extraction(new ExtractionProperties(Duration.ofSeconds(20), DataSize.ofMegabytes(1), 99, 1));
        fails(small.image, RealFiles.png(10, 10), Kind.TOO_MUCH);
    }

    @Test
    void aFileThatIsTooLarge() {
        Extraction small =
                new Extraction(new ExtractionProperties(Duration.ofSeconds(20), DataSize.ofKilobytes(1), 99, 1));
        Sample large = Sample.text("x".repeat(2_000));

        fails(small.text, large, Kind.TOO_MUCH);
        ExtractionSource liar =
                new ExtractionSource("a.txt", "text/plain", 5, large.source().bytes());
        assertThatExceptionOfType(ExtractionException.class)
                .isThrownBy(() -> small.text.extract(liar, Map.of(), new CollectingSink()))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.TOO_MUCH));
    }

    @Test
    void anEncryptedDocument() throws Exception {
        for (Extractor extractor : List.of(extraction.text, extraction.metadata, extraction.multimodal)) {
            fails(extractor, RealFiles.encryptedPdf(), Kind.ENCRYPTED);
            fails(extractor, RealFiles.encryptedDocx(), Kind.ENCRYPTED);
        }
    }

    @Test
    void whatIsCutShort() throws Exception {
        fails(extraction.image, RealFiles.jpeg(400, 300).truncated(0.6), Kind.BROKEN);
        fails(extraction.image, RealFiles.png(400, 300).truncated(0.6), Kind.BROKEN);
        fails(extraction.multimodal, RealFiles.jpeg(400, 300).truncated(0.5), Kind.BROKEN);
        fails(extraction.text, RealFiles.docx("one").truncated(0.5), Kind.BROKEN);
        fails(extraction.text, RealFiles.xlsx("one").truncated(0.5), Kind.BROKEN);
        fails(extraction.text, RealFiles.pdf("one").truncated(0.1), Kind.BROKEN);
        Sample archive = Sample.of("a.zip", "application/zip", RealFiles.zip("a", "one", "b", "two"));
        fails(extraction.metadata, archive.truncated(0.6), Kind.BROKEN);
    }

    @Test
    void whateverIsDamagedIsNamedOrReadAndNeverAnAccident() throws Exception {
        Random random = new Random(42);
        for (Sample sound : List.of(
                RealFiles.pdf("one", "two"),
                RealFiles.docx("one"),
                RealFiles.xlsx("one"),
                RealFiles.epub("one"),
                RealFiles.photo(100, 80),
                RealFiles.png(100, 80),
                RealFiles.mp3(20),
                RealFiles.mp4(5),
                RealFiles.wav(1))) {
            for (int round = 0; round < 15; round++) {
                byte[] damaged = sound.bytes().clone();
                for (int i = 0; i < 1 + damaged.length / 50; i++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                failsOrIsEmpty(extraction.multimodal, Sample.of(sound.filename(), sound.mediaType(), damaged));
            }
        }
    }

    @Test
    void aStackThatOverflowsAndMemoryThatEndsAreTheFilesFault() {
        for (Error error : List.of(new StackOverflowError(), new OutOfMemoryError("enough"))) {
            assertThatExceptionOfType(ExtractionException.class)
                    .isThrownBy(() -> extraction.workbench.work(Sample.text("x").source(), file -> {
                        throw error;
                    }))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.TOO_MUCH));
        }
    }

    @Test
    void aParserThatNeverEnds() {
        CountDownLatch never = new CountDownLatch(1);
        Extraction hasty = Extraction.in(Duration.ofSeconds(1));

        assertThatExceptionOfType(ExtractionException.class)
                .isThrownBy(() -> hasty.workbench.work(Sample.text("x").source(), file -> {
                    never.await();
                    return "";
                }))
                .withMessageContaining("1 s")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.TOO_MUCH));
    }

    @Test
    void aPageOfBlanks() throws Exception {
        Sample page = Sample.of("a.html", "text/html", ("<p>a" + " ".repeat(1_000_000) + "b").getBytes(UTF_8));

        assertThat(page.through(extraction.text, Map.of("max_characters", 10_000_000)).documents)
                .hasSizeGreaterThan(1_000);
    }

    @Test
    void aParserThatDoesNotStopKeepsItsPlace() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Workbench single = new Extraction(new ExtractionProperties(
                        Duration.ofSeconds(1), Extraction.LIMITS.maxFileSize(), Extraction.LIMITS.maxPixels(), 1))
                .workbench;
        try {
            assertThatExceptionOfType(ExtractionException.class)
                    .isThrownBy(() -> single.work(Sample.text("x").source(), file -> {
                        while (!stop.get()) {
                            Thread.onSpinWait();
                        }
                        return "";
                    }));

            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> single.work(Sample.text("x").source(), file -> "read"))
                    .withMessageContaining("all places are taken");
        } finally {
            stop.set(true);
        }
        await().until(() -> temporaryFiles().equals(before));
        String read = single.work(Sample.text("x").source(), file -> "read");
        assertThat(read).isEqualTo("read");
    }

    @Test
    void aSourceThatNeverEnds() {
        AtomicInteger closed = new AtomicInteger();
        ExtractionSource endless = new ExtractionSource("a.txt", "text/plain", 10, () -> new InputStream() {
            @Override
            public int read() {
                return 'a';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                buffer[offset] = 'a';
                return 1;
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        });

        assertThatExceptionOfType(ExtractionException.class)
                .isThrownBy(() ->
                        Extraction.in(Duration.ofSeconds(1)).text.extract(endless, Map.of(), new CollectingSink()))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.TOO_MUCH));
        assertThat(closed).hasValue(1);
    }

    private static void fails(Extractor extractor, Sample sample, Kind kind) {
        fails(extractor, sample, kind, Map.of());
    }

    private static void fails(Extractor extractor, Sample sample, Kind kind, Map<String, Object> parameters) {
        assertThatExceptionOfType(ExtractionException.class)
                .as("%s of %s", extractor.name(), sample.filename())
                .isThrownBy(() -> sample.through(extractor, parameters))
                .satisfies(failure -> assertThat(failure.kind())
                        .as(String.valueOf(failure.getCause()))
                        .isEqualTo(kind));
    }

    /** Parsers may mend what is broken; anything but an answer or a named failure makes the test fail. */
    private static void failsOrIsEmpty(Extractor extractor, Sample sample) {
        try {
            CollectingSink sink = sample.through(extractor);
            assertThat(sink.documents.toString()).hasSizeLessThan(100_000);
        } catch (ExtractionException named) {
            assertThat(named.getMessage()).isNotBlank();
        }
    }

    private static Sample pdf(String... objectsFromTwo) {
        StringBuilder file = new StringBuilder("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
        for (int i = 0; i < objectsFromTwo.length; i++) {
            file.append("%d 0 obj%s\nendobj\n".formatted(i + 2, objectsFromTwo[i]));
        }
        file.append("trailer<</Root 1 0 R>>\n%%EOF\n");
        return Sample.of("hostile.pdf", "application/pdf", file.toString().getBytes(ISO_8859_1));
    }

    /** A real PNG whose header was given another size. */
    private static Sample hugePng(int width, int height) throws IOException {
        byte[] bytes = RealFiles.png(10, 10).bytes();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        buffer.putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(bytes, 12, 17);
        buffer.putInt(29, (int) crc.getValue());
        return Sample.of("huge.png", "image/png", bytes);
    }

    private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(UTF_8));
    }

    /** Ours, and those of parsers that do not know where to put theirs. */
    private static Set<String> temporaryFiles() {
        File[] files = new File(System.getProperty("java.io.tmpdir"))
                .listFiles((directory, name) -> name.startsWith(
                                ScratchSpace.PREFIX + ProcessHandle.current().pid() + "-")
                        || name.startsWith("apache-tika")
                        || name.startsWith("PDFBox")
                        || name.startsWith("imageio"));
        Set<String> names = new TreeSet<>();
        for (File file : files) {
            if (file.getName().startsWith(ScratchSpace.PREFIX)) {
                names.addAll(Arrays.asList(file.list()));
            } else {
                names.add(file.getName());
            }
        }
        return names;
    }
}
