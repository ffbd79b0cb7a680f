package dev.waybill.extraction.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.waybill.extraction.Bombs;
import dev.waybill.extraction.CollectingSink;
import dev.waybill.extraction.ExtractionException;
import dev.waybill.extraction.ExtractionException.Kind;
import dev.waybill.extraction.ExtractionSource;
import dev.waybill.extraction.Extractor;
import dev.waybill.extraction.RealFiles;
import dev.waybill.extraction.Sample;
import dev.waybill.testing.Soak;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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
        // Other tests of this JVM have files of their own just now: these are removed later, what is left behind stays.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(before).containsAll(temporaryFiles()));
    }

    @Test
    void anArchiveThatUnfoldsAThousandTimesIsNamed() throws Exception {
        assertThatExceptionOfType(ExtractionException.class)
                .isThrownBy(() -> extraction.metadata.extract(Bombs.zip(200).source(), Map.of(), new CollectingSink()))
                .withMessageContaining("The archive unfolds to 200 MB, more than 100 times its size");
    }

    @Test
    void aDocumentThatUnfoldsTooFar() throws Exception {
        Sample bomb = Bombs.docx(Soak.count(30, 300));

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
        Sample endless = Bombs.pdf("<</Type/Pages/Count 1000000/Kids[2 0 R 2 0 R]>>");

        failsOrIsEmpty(extraction.text, endless);
        failsOrIsEmpty(extraction.metadata, endless);
    }

    @Test
    void aPdfWhoseContentDrawsItself() {
        Sample endless = Bombs.pdf(
                "<</Type/Pages/Count 1/Kids[3 0 R]>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>>>",
                "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 12>>\nstream\n/X Do /X Do \nendstream",
                "<</Length 5>>\nstream\n/X Do\nendstream");

        fails(Extraction.in(Duration.ofSeconds(2)).text, endless, Kind.TOO_MUCH);
    }

    @Test
    void aPdfThatUnfoldsTooFar() throws Exception {
        fails(
                Extraction.in(Duration.ofSeconds(4)).text,
                Bombs.pdf(),
                Kind.TOO_MUCH,
                Map.of("max_characters", 10_000_000));
    }

    @Test
    void entitiesThatMultiply() throws Exception {
        String bomb = Bombs.entities();
        byte[] epub =
                RealFiles.zip("mimetype", "application/epub+zip", "META-INF/container.xml", bomb, "content.opf", bomb);
        byte[] docx = RealFiles.zip("[Content_Types].xml", bomb, "word/document.xml", bomb);

        failsOrIsEmpty(extraction.text, Sample.of("a.epub", "application/epub+zip", epub));
        failsOrIsEmpty(extraction.text, Sample.of("a.docx", RealFiles.DOCX, docx));
        failsOrIsEmpty(extraction.metadata, Sample.of("a.svg", "image/svg+xml", bomb.getBytes(UTF_8)));
    }

    @Test
    void anImageThatClaimsToBeHuge() throws Exception {
        fails(extraction.image, Bombs.png(60_000, 60_000), Kind.TOO_MUCH);
        fails(extraction.multimodal, Bombs.png(Integer.MAX_VALUE, Integer.MAX_VALUE), Kind.TOO_MUCH);
        Extraction small = Extraction.upTo(DataSize.ofMegabytes(1), 99);
        fails(small.image, RealFiles.png(10, 10), Kind.TOO_MUCH);
    }

    @Test
    void aFileThatIsTooLarge() {
        Extraction small = Extraction.upTo(DataSize.ofKilobytes(1), 99);
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
    void aPageOfBlanks() throws Exception {
        Sample page = Sample.of("a.html", "text/html", ("<p>a" + " ".repeat(1_000_000) + "b").getBytes(UTF_8));

        assertThat(page.through(extraction.text, Map.of("max_characters", 10_000_000)).documents)
                .hasSizeGreaterThan(1_000);
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

    /** Ours, those of child processes, and those that parsers put elsewhere. */
    static Set<String> temporaryFiles() {
        File[] files = new File(System.getProperty("java.io.tmpdir"))
                .listFiles((directory, name) -> name.startsWith(
                                ScratchSpace.PREFIX + ProcessHandle.current().pid() + "-")
                        || name.startsWith("apache-tika")
                        || name.startsWith("PDFBox")
                        || name.startsWith("imageio"));
        Set<String> names = new TreeSet<>();
        for (File file : files) {
            try (Stream<Path> all = Files.walk(file.toPath())) {
                all.filter(Files::isRegularFile)
                        .map(Path::toString)
                        .filter(name -> !name.endsWith(ChildProcess.ERROR_FILE))
                        .forEach(names::add);
            } catch (IOException | UncheckedIOException e) {
                names.add("something that is just going");
            }
        }
        return names;
    }
}
