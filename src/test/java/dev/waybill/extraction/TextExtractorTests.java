package dev.waybill.extraction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.platform.errors.InvalidRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextExtractorTests extends ExtractorContract {

    private static final String HTML = "<html><head><title>Rates</title><script>var x = 1;</script></head>"
            + "<body><p>The ferry costs 12 euro.</p></body></html>";
    private static final String RTF =
            "{\\rtf1\\ansi{\\fonttbl{\\f0 Helvetica;}}\\f0\\pard\n The ferry costs {\\b 12} euro.\\par}";

    private final Extraction extraction = Extraction.standard();

    @Override
    Extractor extractor() {
        return extraction.text;
    }

    @Override
    List<Sample> samples() throws Exception {
        return List.of(
                RealFiles.pdf("The ferry costs 12 euro."),
                RealFiles.docx("The ferry costs 12 euro."),
                RealFiles.xlsx("The ferry costs 12 euro."),
                RealFiles.epub("The ferry costs 12 euro."),
                Sample.of("rates.html", "text/html", HTML.getBytes(UTF_8)),
                Sample.of("rates.rtf", "application/rtf", RTF.getBytes(UTF_8)),
                Sample.of("rates.csv", "text/csv", "what\nThe ferry costs 12 euro.\n".getBytes(UTF_8)),
                Sample.text("The ferry costs 12 euro."));
    }

    @Test
    void readsTheTextOfEveryKind() throws Exception {
        for (Sample sample : samples()) {
            Map<String, Object> document = sample.through(extractor()).only();

            assertThat(document)
                    .as(sample.filename())
                    .containsEntry("chunk_index", 0)
                    .containsEntry("start", 0)
                    .containsEntry("end", ((String) document.get("text")).length());
            assertThat((String) document.get("text"))
                    .as(sample.filename())
                    .contains("The ferry costs 12 euro.")
                    .doesNotContain("var x");
        }
    }

    @Test
    void keepsPlainTextLetterByLetter() throws Exception {
        String text = "  one\r\n\r\n\r\n\ttwo\n\n\n\n";
        assertThat(Sample.text(text).through(extractor()).only()).containsEntry("text", text);
    }

    @Test
    void readsOtherEncodings() throws Exception {
        String text = "Der Fährmann grüßt die Brücke über den Fluß, und alle Möwen hören es.";
        assertThat(read(text.getBytes(ISO_8859_1))).isEqualTo(text);
        assertThat(read(text.getBytes(UTF_16))).isEqualTo(text);
        assertThat(read(text.getBytes(UTF_8))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"second", "a", "Wireless headphones", "Ünïcödé", "12.50 €", "日本", "\uFEFFwith a mark"})
    void takesShortWordsForWhatTheyAre(String text) throws Exception {
        assertThat(read(text.getBytes(UTF_8))).isEqualTo(text.replace("\uFEFF", ""));
    }

    @Test
    void cutsAsItIsTold() throws Exception {
        String text = "One sentence about freight rates is here. Another one about the ferry is over there. A third.";

        List<Map<String, Object>> chunks =
                Sample.text(text).through(extractor(), Map.of("chunk_size", 50, "chunk_overlap", 5)).documents;

        assertThat(chunks)
                .extracting(chunk -> chunk.get("text"))
                .containsExactly(
                        "One sentence about freight rates is here.",
                        "here. Another one about the ferry is over there.",
                        "here. A third.");
        assertThat(chunks).extracting(chunk -> chunk.get("start")).containsExactly(0, 36, 79);
    }

    @Test
    void readsNoMoreThanItIsTold() throws Exception {
        List<Map<String, Object>> chunks = RealFiles.docx("first paragraph ".repeat(5), "second paragraph", "third one")
                .through(extractor(), Map.of("max_characters", 90, "chunk_size", 50, "chunk_overlap", 0))
                .documents;

        String text = chunks.stream().map(chunk -> (String) chunk.get("text")).collect(Collectors.joining());
        assertThat(text).startsWith("first paragraph").hasSizeLessThanOrEqualTo(90);
        assertThat(chunks.getLast()).containsEntry("truncated", true);
        assertThat(chunks.getFirst()).doesNotContainKey("truncated");
        assertThat(Sample.text("12345")
                        .through(extractor(), Map.of("max_characters", 5))
                        .only())
                .doesNotContainKey("truncated");
    }

    @Test
    void makesNothingOfBlankText() throws Exception {
        assertThat(Sample.text(" \n ").through(extractor()).documents).isEmpty();
        assertThat(RealFiles.pdf().through(extractor()).documents).isEmpty();
    }

    @Test
    void namesTheParameterThatIsWrong() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("chunk_size", 49),
                Map.of("chunk_size", 100_001),
                Map.of("chunk_size", "1000"),
                Map.of("chunk_size", 10.5),
                Map.of("chunk_overlap", -1),
                Map.of("chunk_overlap", 501),
                overlapping(100_000, 99_999),
                overlapping(51, 26),
                Map.of("max_characters", 0))) {
            assertThatExceptionOfType(InvalidRequest.class)
                    .as(wrong.toString())
                    .isThrownBy(() -> extractor().checkParameters(wrong))
                    .withMessageContaining(wrong.keySet().iterator().next());
        }
        extractor().checkParameters(Map.of("chunk_size", 50L));
        extractor().checkParameters(overlapping(51, 25));
    }

    /** The overlap comes first. */
    private static Map<String, Object> overlapping(int size, int overlap) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("chunk_overlap", overlap);
        parameters.put("chunk_size", size);
        return parameters;
    }

    @Test
    void moreChunksThanAnybodyReadsAreRefused() {
        Sample text = Sample.text("x".repeat(50 * 10_000 + 1));
        Map<String, Object> small = Map.of("chunk_size", 50, "chunk_overlap", 0);

        for (Extractor extractor : List.of(extraction.text, extraction.multimodal)) {
            assertThatExceptionOfType(ExtractionException.class)
                    .isThrownBy(() -> text.through(extractor, small))
                    .withMessageContaining("more than 10000 chunks")
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ExtractionException.Kind.TOO_MUCH));
        }
    }

    @Test
    void leavesImagesAlone() {
        assertThat(extractor().takes("image/png")).isFalse();
        assertThat(extractor().takes("Text/HTML; charset=utf-8")).isTrue();
    }

    private String read(byte[] bytes) throws ExtractionException {
        return (String) Sample.of("a.txt", "text/plain", bytes)
                .through(extractor())
                .only()
                .get("text");
    }
}
