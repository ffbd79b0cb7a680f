package dev.waybill.syncs.mapping;

import dev.waybill.connectors.SourceFile;
import java.util.Map;

/** The input of value sources: a file with its metadata and tags; names of {@code metadata} are in lower case. */
record SourceFacts(SourceFile file, Map<String, String> metadata, Map<String, String> tags) {}
