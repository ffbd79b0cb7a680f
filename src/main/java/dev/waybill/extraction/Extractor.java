package dev.waybill.extraction;

import java.util.Map;

/**
 * Extracts documents from a file or a text. An extractor is a bean without state; it may be run by any number of
 * threads, and again for the same source after a crash, and then makes the same documents.
 */
public interface Extractor {

    /** Such as {@code text_extractor}; stable, as namespaces and collections store it. */
    String name();

    /** The first, {@code v1}, unless an extractor says otherwise. */
    default String version() {
        return "v1";
    }

    /** Whether it can make anything of a source of that media type, such as {@code image/png}; text is {@code text/plain}. */
    boolean takes(String mediaType);

    /**
     * Refuses parameters that are unknown, of a wrong type or out of bounds.
     *
     * @throws dev.waybill.platform.errors.WaybillException naming the parameter and what would be right
     */
    void checkParameters(Map<String, Object> parameters);

    /**
     * Reads the source and passes each document to the sink, in a stable order.
     *
     * @param parameters as {@link #checkParameters} accepted them
     * @throws ExtractionException when nothing can be made of it: broken, encrypted, beyond the limits of time or
     *     memory
     */
    void extract(ExtractionSource source, Map<String, Object> parameters, ExtractionSink sink)
            throws ExtractionException;
}
