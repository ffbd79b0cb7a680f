package dev.waybill.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TextChunksPropertyTests {

    @Property
    void chunksCoverTheTextWithTheRequestedOverlap(
            @ForAll("texts") String text,
            @ForAll @IntRange(min = 1, max = 60) int size,
            @ForAll @IntRange(max = 59) int wanted)
            throws ExtractionException {
        int overlap = Math.min(wanted, size - 1);
        int[] characters = text.codePoints().toArray();

        List<Chunk> chunks = of(text, size, overlap);

        if (text.isBlank()) {
            assertThat(chunks).isEmpty();
            return;
        }
        assertThat(chunks.getFirst().start()).isZero();
        assertThat(chunks.getLast().end()).isEqualTo(characters.length);
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            assertThat(chunk.index()).isEqualTo(i);
            assertThat(chunk.end() - chunk.start()).isBetween(1, size);
            assertThat(chunk.text()).isEqualTo(new String(characters, chunk.start(), chunk.end() - chunk.start()));
            if (i > 0) {
                assertThat(chunk.start()).isEqualTo(chunks.get(i - 1).end() - overlap);
                assertThat(chunk.end()).isGreaterThan(chunks.get(i - 1).end());
            }
        }
    }

    @Property
    void wordsStayWholeWhereTheyAreShortEnough(@ForAll("words") List<String> words) throws ExtractionException {
        String text = String.join(" ", words);

        for (Chunk chunk : of(text, 30, 0)) {
            int[] characters = text.codePoints().toArray();
            boolean atEnd = chunk.end() == characters.length;
            assertThat(atEnd
                            || Character.isWhitespace(characters[chunk.end()])
                            || Character.isWhitespace(characters[chunk.end() - 1]))
                    .as("'%s' of '%s'", chunk.text(), text)
                    .isTrue();
        }
    }

    @Example
    void sentencesStayWholeWhereTheyFit() throws ExtractionException {
        assertThat(of("It rains. The lorry waits for the ferry. Nobody", 42, 0))
                .extracting(Chunk::text)
                .containsExactly("It rains. The lorry waits for the ferry.", " Nobody");
    }

    @Example
    void positionsCountCharactersAndNotTheirHalves() throws ExtractionException {
        assertThat(of("🚚🚛🛻", 2, 0)).containsExactly(new Chunk(0, 0, 2, "🚚🚛"), new Chunk(1, 2, 3, "🛻"));
    }

    @Example
    void aTextThatMakesTooManyChunksIsRefusedByName() throws ExtractionException {
        assertThat(of("x".repeat(100 * TextChunks.MAX_CHUNKS), 100, 0)).hasSize(TextChunks.MAX_CHUNKS);
        assertThatExceptionOfType(ExtractionException.class)
                .isThrownBy(() -> of("x".repeat(100 * TextChunks.MAX_CHUNKS + 1), 100, 0))
                .withMessageContaining("chunk_size")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ExtractionException.Kind.TOO_MUCH));
    }

    private static List<Chunk> of(String text, int size, int overlap) throws ExtractionException {
        return TextChunks.of(text, size, overlap);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces =
                Arbitraries.of("a", "Bcd", " ", "  ", "\n", ". ", "! ", "。", "🚚", "é", "0123456789012");
        return pieces.list().ofMaxSize(120).map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .ofMinLength(1)
                .ofMaxLength(14)
                .list()
                .ofMinSize(1)
                .ofMaxSize(80);
    }
}
