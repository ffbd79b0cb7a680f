package dev.waybill.syncs.mapping;

import dev.waybill.platform.formats.DetectionResult;
import dev.waybill.platform.formats.FileKind;
import org.jspecify.annotations.Nullable;

/**
 * Port of format detection by a file's bytes, as shared by all ways of ingestion, for each property that might accept
 * the file.
 */
@FunctionalInterface
public interface ShownFormat {

    /**
     * Detects the format. May take a request for bytes further behind, where these decide.
     *
     * @param kind the kind that the property accepts; null to detect without an expected kind
     */
    DetectionResult of(@Nullable FileKind kind);
}
