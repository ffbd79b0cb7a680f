package dev.waybill.syncs;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The tags of a run's files. Where they may not be read they count as missing, which is said once; where none was ever
 * read, they are soon not asked for any more, as the right is then missing for all. Thread-safe.
 */
final class FileTags {

    /** So many refusals without an answer. */
    private static final int ENOUGH = 5;

    private final Source source;
    private final SourcePath path;
    private final RunCost runCost;
    private final Consumer<String> warnings;
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean readable;

    FileTags(Source source, SourcePath path, RunCost runCost, Consumer<String> warnings) {
        this.source = source;
        this.path = path;
        this.runCost = runCost;
        this.warnings = warnings;
    }

    /** @throws SourceException when they cannot be read for another reason than missing rights */
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
