package dev.waybill.extraction;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into overlapping chunks. A chunk ends where a sentence or a line ends, else where a word ends, if there is
 * such a place in its later half; else it is full. Each next one begins exactly the overlap before that end.
 */
final class TextChunks {

    /** The most chunks of one text. Each becomes a document, and all of them are held in memory at once. */
    static final int MAX_CHUNKS = 10_000;

    private final int[] text;
    private final int size;
    private final int overlap;

    private TextChunks(int[] text, int size, int overlap) {
        this.text = text;
        this.size = size;
        this.overlap = overlap;
    }

    /**
     * The chunks of a text, none of a blank one.
     *
     * @param size characters of a chunk, 1 or more
     * @param overlap characters that a chunk repeats of the one before, 0 or more and less than the size
     * @throws ExtractionException when there would be more than {@value #MAX_CHUNKS}
     */
    static List<Chunk> of(String text, int size, int overlap) throws ExtractionException {
        if (text.isBlank()) {
            return List.of();
        }
        return new TextChunks(text.codePoints().toArray(), size, overlap).cut();
    }

    private List<Chunk> cut() throws ExtractionException {
        List<Chunk> chunks = new ArrayList<>();
        int start = 0;
        while (true) {
            if (chunks.size() == MAX_CHUNKS) {
                throw tooMany();
            }
            int end = end(start);
            chunks.add(new Chunk(chunks.size(), start, end, new String(text, start, end - start)));
            if (end == text.length) {
                return chunks;
            }
            start = end - overlap;
        }
    }

    private ExtractionException tooMany() {
        return new ExtractionException(
                ExtractionException.Kind.TOO_MUCH,
                "The text makes more than %d chunks of %d characters; take a larger chunk_size or a smaller max_characters"
                        .formatted(MAX_CHUNKS, size),
                null);
    }

    private int end(int start) {
        if (text.length - start <= size) {
            return text.length;
        }
        int furthest = start + size;
        // Beyond the overlap, or the next chunk would not be further on.
        int nearest = Math.max(start + overlap + 1, start + (size + 1) / 2);
        int afterWord = -1;
        for (int end = furthest; end >= nearest; end--) {
            if (isAfterSentence(end)) {
                return end;
            }
            if (afterWord < 0 && isAfterWord(end)) {
                afterWord = end;
            }
        }
        return afterWord < 0 ? furthest : afterWord;
    }

    private boolean isAfterWord(int end) {
        return Character.isWhitespace(text[end]) != Character.isWhitespace(text[end - 1]);
    }

    private boolean isAfterSentence(int end) {
        int last = text[end - 1];
        return switch (last) {
            case '\n', '\u3002', '\uFF01', '\uFF1F' -> true;
            case '.', '!', '?', '\u2026' -> Character.isWhitespace(text[end]);
            default -> false;
        };
    }
}
