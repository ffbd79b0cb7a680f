package dev.waybill.syncs.transfer;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Reads the tags of a run's files. Where access is denied they count as missing, with one warning; after
 * {@value #ENOUGH} denials without a success they are not requested any more, as the permission is then missing for
 * all. Thread-safe.
 */
public final class FileTags {

    /** So many denials without a success. */
    private static final int ENOUGH = 5;

    private final Source source;
    private final SourcePath path;
    private final RunCost runCost;
    private final Consumer<String> warnings;
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean readable;

    public FileTags(Source source, SourcePath path, RunCost runCost, Consumer<String> warnings) {
        this.source = source;
        this.path = path;
        this.runCost = runCost;
        this.warnings = warnings;
    }

    /** @throws SourceException when they cannot be read for another reason than missing permissions */
    Map<String, String> of(SourceFile file) {
        if (!readable && refusals.get() >= ENOUGH) {
            return Map.of();
        }
        runCost.others.increment();
        try {
            Map<String, String> tags = source.tags(path, file);
            readable = true;
            return tags;
        } catch (SourceException denied) {
            if (denied.diagnosis() != Diagnosis.ACCESS_DENIED_READ) {
                throw denied;
            }
            if (refusals.getAndIncrement() == 0) {
                warnings.accept(
                        "Tags may not be read, so they count as missing; allow reading them (s3:GetObjectTagging)");
            }
            return Map.of();
        }
    }
}
