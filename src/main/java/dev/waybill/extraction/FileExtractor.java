package dev.waybill.extraction;

import java.util.Map;

/**
 * Extracts documents from a file on disk: what a built-in {@link Extractor} does in a child process. Its name, types
 * and parameters are read in the service too, which opens no file.
 *
 * <p>The child process also loads others by {@link java.util.ServiceLoader}.
 */
public interface FileExtractor {

    /** As {@link Extractor#name()}. */
    String name();

    /** As {@link Extractor#takes}. */
    boolean takes(String mediaType);

    /** As {@link Extractor#checkParameters}. */
    void checkParameters(Map<String, Object> parameters);

    /**
     * Reads the file and passes each document to the sink, the same ones in the same order each time.
     *
     * @param file alone in its directory, where temporary files of the reading belong
     * @param parameters as {@link #checkParameters} accepted them
     * @throws Exception whatever the parsers throw; the child process maps it
     */
    void extract(SpooledFile file, Map<String, Object> parameters, ExtractionSink sink) throws Exception;
}
