package dev.waybill.extraction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.extraction.sandbox.Extraction;
import dev.waybill.platform.errors.InvalidRequest;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    @CsvSource({
        "Shift_JIS, 商品の価格は千二百円です。在庫は東京の倉庫にあります。",
        "GBK, 商品的价格是一百二十元，库存在上海的仓库里。",
        "Big5, 這個商品的價格是一百二十元，庫存在台北的倉庫裡。",
        "EUC-KR, 이 상품의 가격은 천이백 원입니다. 재고는 서울 창고에 있습니다.",
        "windows-1251, Цена товара составляет сто двадцать рублей. Склад находится в Москве.",
        "KOI8-R, Цена товара составляет сто двадцать рублей. Склад находится в Москве.",
        "windows-1252, She said “yes” – it’s fine: 12 € for a café crème.",
        "x-MacRoman, Der Fährmann grüßt die Brücke über den Fluß und alle Möwen.",
        "UTF-16LE, Der Fährmann grüßt die Brücke über den Fluß.",
        "UTF-16BE, 商品の価格は 1200 円です。 在庫は東京の倉庫にあります。",
        "ISO-2022-JP, 商品の価格は千二百円です。在庫は東京の倉庫にあります。"
    })
    void textInOtherCharsetsIsDecodedCorrectly(String charset, String text) throws Exception {
        byte[] bytes = text.getBytes(Charset.forName(charset));
        String html = "<html><body><p>%s</p></body></html>".formatted(text);
        assertThat(read(bytes)).isEqualTo(text);
        assertThat(read("export.csv", "text/csv", bytes)).isEqualTo(text);
        if (!charset.startsWith("UTF-16") && !charset.startsWith("ISO-2022")) {
            assertThat(read("page.html", "text/html", html.getBytes(Charset.forName(charset))))
                    .isEqualTo(text);
            String said = "<html><head><meta charset='%s'></head><body>%s</body></html>".formatted(charset, text);
            assertThat(read("page.html", "text/html", said.getBytes(Charset.forName(charset))))
                    .isEqualTo(text);
        }
    }

    @Test
    void aDeclaredCharsetCounts() throws Exception {
        String text = "Żółw";
        byte[] bytes = text.getBytes(Charset.forName("ISO-8859-2"));
        assertThat(read("a.txt", "text/plain; charset=ISO-8859-2", bytes)).isEqualTo(text);
    }

    @Test
    void textThatBeginsInAsciiIsDecodedByWhatFollows() throws Exception {
        String head = "time,level,message\n" + "12:00,INFO,started\n".repeat(1_000);
        String text = head + "12:01,WARN,Цена товара составляет сто двадцать рублей. Склад находится в Москве.\n";
        List<Map<String, Object>> chunks = Sample.of(
                        "log.txt", "text/plain", text.getBytes(Charset.forName("windows-1251")))
                .through(extractor())
                .documents;
        assertThat((String) chunks.getLast().get("text")).endsWith("Склад находится в Москве.\n");
        byte[] utf8 = (head + "Цена товара").getBytes(UTF_8);
        assertThat((String) Sample.of("log.txt", "text/plain", utf8)
                        .through(extractor())
                        .documents
                        .getLast()
                        .get("text"))
                .endsWith("Цена товара");
    }

    @ParameterizedTest
    @ValueSource(strings = {"second", "a", "Wireless headphones", "Ünïcödé", "12.50 €", "日本", "\uFEFFwith a mark"})
    void decodesShortWords(String text) throws Exception {
        assertThat(read(text.getBytes(UTF_8))).isEqualTo(text.replace("\uFEFF", ""));
    }

    @Test
    void cutsByTheParameters() throws Exception {
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
    void readsNoMoreThanMaxCharacters() throws Exception {
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
    void tooManyChunksAreRefused() {
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

    private String read(String filename, String mediaType, byte[] bytes) throws Exception {
        return (String) Sample.of(filename, mediaType, bytes)
                .through(extractor())
                .only()
                .get("text");
    }
}
