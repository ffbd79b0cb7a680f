package dev.waybill.extraction;

import java.util.Map;

/** Receives the documents and files that an extractor makes. */
public interface ExtractionSink {

    /**
     * One document.
     *
     * @param fields JSON values; {@code text} is what a text extractor of the next tier reads
     */
    void document(Map<String, Object> fields);

    /**
     * Stores bytes that belong to a document, such as a thumbnail.
     *
     * @param name a bare file name, stable for the same source
     * @return the key in managed storage, for a field of the document
     */
    String store(String name, String contentType, byte[] bytes);
}
