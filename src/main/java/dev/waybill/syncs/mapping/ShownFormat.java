package dev.waybill.syncs.mapping;

import dev.waybill.platform.formats.DetectionResult;
import dev.waybill.platform.formats.FileKind;
import org.jspecify.annotations.Nullable;

/** What a file's bytes show: the question that every door asks, for each property that might take the file. */
@FunctionalInterface
public interface ShownFormat {

    /**
     * Asks. May take a request for bytes further behind, where these decide.
     *
     * @param kind what the property takes; null to hear what the file is by itself
     */
    DetectionResult of(@Nullable FileKind kind);
}
