package dev.waybill.syncs.mapping;

import dev.waybill.connectors.SourceFile;
import java.util.Map;

/** What sources of values read of a file; names of {@code metadata} are in lower case. */
record SourceFacts(SourceFile file, Map<String, String> metadata, Map<String, String> tags) {}
