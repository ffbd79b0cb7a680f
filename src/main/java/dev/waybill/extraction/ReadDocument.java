package dev.waybill.extraction;

import org.apache.tika.metadata.Metadata;

/**
 * A document that was read.
 *
 * @param truncated whether there was more text than the limit
 */
record ReadDocument(Metadata metadata, String text, boolean truncated) {}
