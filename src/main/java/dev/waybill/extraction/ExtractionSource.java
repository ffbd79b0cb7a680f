package dev.waybill.extraction;

import org.springframework.core.io.InputStreamSource;

/**
 * A file or a text to read.
 *
 * @param mediaType the true one, as it was detected from the bytes; of text with the parameter {@code charset} where
 *     that is known
 * @param sizeBytes 0 or more
 * @param bytes opens the bytes from the start; may be called more than once, the caller closes each stream
 */
public record ExtractionSource(String filename, String mediaType, long sizeBytes, InputStreamSource bytes) {}
