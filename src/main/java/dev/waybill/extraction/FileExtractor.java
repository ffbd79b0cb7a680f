package dev.waybill.extraction;

import java.util.Map;

/**
 * Reads documents out of a file on disk: what a built-in {@link Extractor} does in a process of its own. What it says about
 * itself is asked in the service too, which opens no file.
 *
 * <p>That process also finds those that are services of this type, as {@link java.util.ServiceLoader} has it.
 */
public interface FileExtractor {

    /** As {@link Extractor#name()}. */
    String name();

    /** As {@link Extractor#takes}. */
    boolean takes(String mediaType);

    /** As {@link Extractor#checkParameters}. */
    void checkParameters(Map<String, Object> parameters);

    /**
     * Reads the file and hands each document to the sink, the same ones in the same order each time.
     *
     * @param file alone in its directory, where what the reading has to put down for a while belongs
     * @param parameters as {@link #checkParameters} let them pass
     * @throws Exception whatever the parsers throw; that process says it in our words
     */
    void extract(SpooledFile file, Map<String, Object> parameters, ExtractionSink sink) throws Exception;
}
