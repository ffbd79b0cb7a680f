package dev.waybill.syncs.runs;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import dev.waybill.syncs.filters.FileFilters;
import dev.waybill.syncs.filters.FilterResult;
import dev.waybill.syncs.mapping.SchemaMapping;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.syncs.transfer.FileRefused;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Classifies listed files by the listing and the ledger alone, without requests to the source. */
final class Classifier {

    private final SourcePath path;
    private final FileFilters filters;
    private final SchemaMapping mapping;
    private final boolean full;

    /** @param full whether quarantined files are retried */
    Classifier(SourcePath path, FileFilters filters, SchemaMapping mapping, boolean full) {
        this.path = path;
        this.filters = filters;
        this.mapping = mapping;
        this.full = full;
    }

    /** The class of a listed file: whether it is copied, or why not. */
    sealed interface Class {

        /** A folder marker. */
        record Marker() implements Class {}

        record Filtered(FilterResult.Refused refusal) implements Class {}

        /** It was opened before, and the same filters refused its content attributes. */
        record FilteredBefore(String reason) implements Class {}

        record Archived() implements Class {}

        /** The source is still preparing it. @param note what it waits for */
        record Pending(String note) implements Class {}

        /** Its bytes cannot be downloaded. @param note why */
        record Unavailable(String note) implements Class {}

        /** This version was settled before, in this state. */
        record Unchanged(LedgerEntity.Settled settled) implements Class {}

        /** It is quarantined. */
        record Waiting() implements Class {}

        /** This run has finished it. */
        record Done() implements Class {}

        record Copy() implements Class {}
    }

    /**
     * Classifies a file.
     *
     * @param run the id of the current run
     * @param row null when the file was never seen
     */
    Class classify(SourceFile file, @Nullable LedgerEntity row, String run) {
        if (file.kind() == SourceFile.Kind.FOLDER_MARKER || wasMarker(file, row)) {
            return new Class.Marker();
        }
        boolean isSettled = row != null && row.isSettled(file.version());
        // The source does not report the size of these, so filters cannot decide.
        if (file.kind() == SourceFile.Kind.PENDING || file.kind() == SourceFile.Kind.UNAVAILABLE) {
            return isSettled && row != null && row.state() != State.QUEUED && row.settled() != null
                    ? new Class.Unchanged(row.settled())
                    : unreadable(file);
        }
        if (filters.judge(path, file) instanceof FilterResult.Refused refusal) {
            return new Class.Filtered(refusal);
        }
        if (file.kind() == SourceFile.Kind.ARCHIVED && !isSettled) {
            return new Class.Archived();
        }
        return row == null ? new Class.Copy() : known(file, row, run);
    }

    private static Class unreadable(SourceFile file) {
        String note = file.note() == null ? "It says no more" : file.note();
        return file.kind() == SourceFile.Kind.PENDING ? new Class.Pending(note) : new Class.Unavailable(note);
    }

    /** Whether it was found to be a folder marker when it was opened. */
    private static boolean wasMarker(SourceFile file, @Nullable LedgerEntity row) {
        return row != null
                && row.state() == State.SKIPPED
                && FileRefused.FOLDER_MARKER.equals(row.reason())
                && row.version().equals(file.version());
    }

    private Class known(SourceFile file, LedgerEntity row, String run) {
        if (row.state() == State.QUEUED) {
            return new Class.Copy();
        }
        if (row.isFinishedBy(run, file.version())) {
            return new Class.Done();
        }
        LedgerEntity.Settled settled = row.settled();
        if (settled != null && settled.version().equals(file.version())) {
            return new Class.Unchanged(settled);
        }
        if (!row.version().equals(file.version())) {
            return new Class.Copy();
        }
        if (filters.hash().equals(row.refusedBy())) {
            return new Class.FilteredBefore(String.valueOf(row.reason()));
        }
        return row.state() == State.QUARANTINED && !full && !isMappingChanged(row)
                ? new Class.Waiting()
                : new Class.Copy();
    }

    /** Whether the mapping that refused it has changed since. */
    private boolean isMappingChanged(LedgerEntity row) {
        return row.refusedBy() != null && !mapping.hash().equals(row.refusedBy());
    }

    /** The row for a classification; the same instance as before when nothing is to be written. */
    static @Nullable LedgerEntity row(Class as, LedgerEntity seen, @Nullable LedgerEntity before) {
        LedgerEntity row = switch (as) {
            case Class.Marker marker -> seen.in(State.SKIPPED, FileRefused.FOLDER_MARKER, null);
            case Class.Filtered filtered -> filtered(seen, FileRefused.by(filtered.refusal()));
            case Class.Archived archived ->
                seen.in(
                        State.SKIPPED,
                        Diagnosis.ARCHIVED.name(),
                        "It lies in an archive; restore it, and the next run takes it");
            case Class.Pending pending -> seen.in(State.PENDING_SOURCE, Diagnosis.NOT_READY.name(), pending.note());
            case Class.Unavailable unavailable ->
                seen.in(State.SKIPPED, Diagnosis.NOT_DOWNLOADABLE.name(), unavailable.note());
            case Class.Unchanged unchanged -> asSettled(seen, unchanged.settled());
            case Class.FilteredBefore same -> seen;
            case Class.Waiting waiting -> seen;
            case Class.Done done -> before;
            case Class.Copy copy -> before;
        };
        return row != null && before != null && isEqual(row, before) ? before : row;
    }

    private static LedgerEntity filtered(LedgerEntity seen, FileRefused refused) {
        return seen.in(State.FILTERED, refused.reason(), refused.sentence());
    }

    /** Keeps the reason and detail of the settled outcome. */
    private static LedgerEntity asSettled(LedgerEntity seen, LedgerEntity.Settled end) {
        boolean stands = seen.state() == end.state() && Objects.equals(seen.reason(), end.reason());
        return seen.in(end.state(), end.reason(), stands ? seen.detail() : null);
    }

    /** Whether both rows are equal as stored. */
    private static boolean isEqual(LedgerEntity row, LedgerEntity before) {
        return row.state() == before.state()
                && Objects.equals(row.reason(), before.reason())
                && Objects.equals(row.detail(), before.detail())
                && row.version().equals(before.version())
                && row.sourceKey().equals(before.sourceKey())
                && Objects.equals(stored(row.modifiedAt()), stored(before.modifiedAt()));
    }

    private static @Nullable Instant stored(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
    }
}
