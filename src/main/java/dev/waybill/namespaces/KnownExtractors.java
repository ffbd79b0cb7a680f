package dev.waybill.namespaces;

import java.util.List;

/**
 * Feature extractors that namespaces may name. Every bean of this type adds to the list; a room that brings extractors
 * of its own declares one.
 */
public interface KnownExtractors {

    /** One of them, by name and version. */
    record Extractor(String name, String version) {}

    List<Extractor> extractors();
}
