package dev.waybill.extraction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of the chunks of a text. All numbers are characters. */
record TextSettings(int chunkSize, int chunkOverlap, int maxCharacters) {

    private static final int MIN_CHUNK = 50;
    private static final int MAX_CHUNK = 100_000;
    private static final int MAX_CHARACTERS = 10_000_000;

    static TextSettings read(Parameters parameters) {
        int size = parameters.integer("chunk_size", 1_000, MIN_CHUNK, MAX_CHUNK);
        // Whoever sets small chunks only does not have to set the overlap.
        int overlap = parameters.integer("chunk_overlap", Math.min(100, size / 2), 0, MAX_CHUNK / 2);
        if (overlap > size / 2) {
            parameters.violation(
                    "chunk_overlap",
                    "should be at most half of chunk_size, %d of %d".formatted(size / 2, size),
                    "out_of_range");
        }
        return new TextSettings(size, overlap, parameters.integer("max_characters", 1_000_000, 1, MAX_CHARACTERS));
    }

    /**
     * A document for each chunk; the last one is marked truncated if there was more text than is read.
     *
     * @throws ExtractionException when there would be too many
     */
    List<Map<String, Object>> documents(ReadDocument read) throws ExtractionException {
        List<Chunk> chunks = TextChunks.of(read.text(), chunkSize, chunkOverlap);
        return chunks.stream()
                .map(chunk -> document(chunk, read.truncated() && chunk.index() == chunks.size() - 1))
                .toList();
    }

    private static Map<String, Object> document(Chunk chunk, boolean truncated) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("text", chunk.text());
        document.put("chunk_index", chunk.index());
        document.put("start", chunk.start());
        document.put("end", chunk.end());
        if (truncated) {
            document.put("truncated", true);
        }
        return document;
    }
}
