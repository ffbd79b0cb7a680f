package dev.waybill.syncs.runs;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourceFile.Kind;
import dev.waybill.connectors.SourcePath;
import dev.waybill.syncs.filters.FileFilters;
import dev.waybill.syncs.filters.FilterResult;
import dev.waybill.syncs.runs.ExplanationResponse.Change;
import dev.waybill.syncs.runs.ExplanationResponse.Step;
import dev.waybill.syncs.runs.ExplanationResponse.Versions;
import dev.waybill.syncs.runs.LedgerEntity.Integrity;
import dev.waybill.syncs.runs.LedgerEntity.Settled;
import dev.waybill.syncs.runs.LedgerEntity.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains why a file of the source is, or is not, in the bucket. */
final class Explanation {

    private static final String PASSED = "passed";
    private static final String REFUSED = "refused";
    private static final String FAILED = "failed";
    private static final String OPEN = "open";
    private static final String RUN_CAP = "RUN_CAP";
    private static final String NOT_DOWNLOADABLE = "NOT_DOWNLOADABLE";
    private static final String MENDED = "Mend that at the provider; the next run after that takes it.";
    private static final String FILTERED = State.FILTERED.name();
    private static final String SKIPPED = State.SKIPPED.name();

    /** Result of looking up a file that no run saw at the source. */
    sealed interface Look {

        /** The source has it. */
        record Found(SourceFile file) implements Look {}

        /** The source has it, and the latest run reached its cap before it. */
        record Beyond(SourceFile file) implements Look {}

        /** The source does not have it. */
        record Absent() implements Look {}

        /** The source could not be read. */
        record Failed(String code, String message) implements Look {

            Failed(Diagnosis diagnosis, String message) {
                this(diagnosis.name(), message);
            }
        }
    }

    private final SyncEntity sync;
    private final SourcePath path;
    private final FileFilters filters;
    private final String key;
    private final List<Step> steps = new ArrayList<>();

    Explanation(SyncEntity sync, SourcePath path, FileFilters filters, String key) {
        this.sync = sync;
        this.path = path;
        this.filters = filters;
        this.key = key;
    }

    /** Explains a key outside of the sync's path, whatever the source has. */
    ExplanationResponse outside() {
        step("source_path", REFUSED, "keys within " + path, key);
        return answer(
                "NOT_IN_PATH",
                null,
                "It is not within the sync's source_path, %s.".formatted(path),
                "Change source_path, or make a sync for the place where it lies.");
    }

    /** Explains a file that no run saw. */
    ExplanationResponse ofUnseen(Look look) {
        step("source_path", PASSED, "keys within " + path, key);
        return switch (look) {
            case Look.Absent absent -> absent();
            case Look.Failed failed -> unreadableSource(failed);
            case Look.Found found -> ofFound(found.file(), false);
            case Look.Beyond beyond -> ofFound(beyond.file(), true);
        };
    }

    private ExplanationResponse absent() {
        step("source", FAILED, "the source has it", "it has no such key");
        return answer(
                "NOT_IN_SOURCE",
                null,
                "No run saw it, and the source has no file of this key now. Keys are taken to the letter: case, blanks"
                        + " and accents count.",
                "Put it there; the next run takes it.");
    }

    private ExplanationResponse unreadableSource(Look.Failed failed) {
        step("source", OPEN, "the source has it", "it could not be asked: " + failed.code());
        return answer(
                "UNKNOWN",
                failed.code(),
                "No run saw it, and the source could not be asked: %s".formatted(failed.message()),
                "Mend the connection; its test tells more.");
    }

    private ExplanationResponse ofFound(SourceFile file, boolean isBeyond) {
        step("source", PASSED, "the source has it", described(file.sizeBytes(), file.modifiedAt()));
        Versions versions = new Versions(file.version(), null);
        if (file.kind() == Kind.FOLDER_MARKER) {
            step("kind", REFUSED, "a file", "a marker that stands for a folder");
            return answer(
                    SKIPPED, "FOLDER_MARKER", ofReason("FOLDER_MARKER", ""), "Nothing: it has no content.", versions);
        }
        if (file.kind() == Kind.PENDING || file.kind() == Kind.UNAVAILABLE) {
            return ofUnreadable(file, versions);
        }
        boolean isArchived = file.kind() == Kind.ARCHIVED;
        step(
                "kind",
                isArchived ? REFUSED : PASSED,
                "a file whose bytes can be read",
                isArchived ? "archived as " + file.storageClass() : "it is one");
        addFilters(file);
        if (filters.judge(path, file) instanceof FilterResult.Refused refused) {
            return answer(
                    FILTERED, refused.reason().name(), filtered(refused), "Change file_filters to take it.", versions);
        }
        if (isArchived) {
            return answer(
                    SKIPPED,
                    "ARCHIVED",
                    ofReason("ARCHIVED", ""),
                    "Restore it at the provider; the next run after that takes it.",
                    versions);
        }
        if (isBeyond) {
            int most = sync.settings().maxObjectsPerRun();
            step(
                    "max_objects_per_run",
                    REFUSED,
                    "one of at most %d files in a run".formatted(most),
                    "it came after them");
            return answer(
                    "NEW",
                    RUN_CAP,
                    "The latest run had taken %d files, as many as one may, before it came to it.".formatted(most),
                    nextRun("goes on behind them"),
                    versions);
        }
        return answer(
                "NEW",
                null,
                filters.needsContent() || filters.needsTags()
                        ? "No run saw it yet. As far as its listing tells, it passes the filters."
                        : "No run saw it yet. It passes the filters.",
                nextRun("takes it"),
                versions);
    }

    private ExplanationResponse ofUnreadable(SourceFile file, Versions versions) {
        String why = String.valueOf(file.note());
        step("kind", REFUSED, "a file whose bytes can be read", why);
        return file.kind() == Kind.PENDING
                ? answer(State.PENDING_SOURCE.name(), "NOT_READY", sentence(why), nextRun("looks again"), versions)
                : answer(SKIPPED, NOT_DOWNLOADABLE, sentence(why), MENDED, versions);
    }

    /** Explains a file by its ledger row. */
    ExplanationResponse of(LedgerEntity row) {
        step("source_path", path.contains(key) ? PASSED : REFUSED, "keys within " + path, key);
        step(
                "source",
                row.state() == State.GONE ? FAILED : PASSED,
                "the source has it",
                described(row.sizeBytes(), row.modifiedAt()) + ", as it was listed");
        SourceFile file = new SourceFile(
                row.sourceId(),
                row.sourceKey(),
                row.sizeBytes(),
                row.modifiedAt(),
                row.version(),
                row.facts(),
                null,
                null,
                Kind.FILE);
        addKind(row);
        if (!isNoFile(row)) {
            addFilters(file);
            addFilteredLater(row);
            addEnd(row);
        }
        Settled settled = row.settled();
        return new ExplanationResponse(
                key,
                row.state().name(),
                row.reason(),
                sentence(row, file),
                steps,
                new Versions(row.version(), settled != null && settled.objectId() != null ? settled.version() : null),
                row.history().stream()
                        .map(one -> new Change(one.at(), one.run(), one.state(), one.reason(), one.version()))
                        .toList(),
                next(row, file),
                settled == null ? null : settled.objectId());
    }

    private static boolean isNoFile(LedgerEntity row) {
        return "FOLDER_MARKER".equals(row.reason()) || "ARCHIVED".equals(row.reason()) || isUnreadable(row);
    }

    private static boolean isUnreadable(LedgerEntity row) {
        return row.state() == State.PENDING_SOURCE
                || row.state() == State.SKIPPED && NOT_DOWNLOADABLE.equals(row.reason());
    }

    private void addKind(LedgerEntity row) {
        if ("FOLDER_MARKER".equals(row.reason())) {
            step("kind", REFUSED, "a file", "a marker that stands for a folder");
        } else if ("ARCHIVED".equals(row.reason())) {
            step("kind", REFUSED, "a file whose bytes can be read", "it lies in an archive");
        } else if (isUnreadable(row)) {
            step("kind", REFUSED, "a file whose bytes can be read", detailOr(row, "it cannot be read now"));
        } else {
            step("kind", PASSED, "a file whose bytes can be read", "it is one");
        }
    }

    private void addFilters(SourceFile file) {
        filters.steps(path, file, null).forEach(one -> step(one.check(), one.result(), one.expected(), one.actual()));
    }

    /** What only opening the file showed, not its listing. */
    private void addFilteredLater(LedgerEntity row) {
        if (row.state() == State.FILTERED
                && steps.stream().noneMatch(one -> one.result().equals(REFUSED))) {
            step("file_filters", REFUSED, "what the filters ask for", detailOr(row, "it has something else"));
        }
    }

    private void addEnd(LedgerEntity row) {
        Settled settled = row.settled();
        Integrity integrity = settled == null ? null : settled.integrity();
        switch (row.state()) {
            case SYNCED -> {
                step("copy", PASSED, "its bytes are copied", "%d bytes".formatted(row.sizeBytes()));
                if (integrity != null) {
                    step(
                            "integrity",
                            integrity.match() ? PASSED : FAILED,
                            "the same bytes by " + integrity.method(),
                            integrity.match() ? "they are the same" : "they are not");
                }
                step("object", PASSED, "an object", settled == null ? "none" : String.valueOf(settled.objectId()));
            }
            case FAILED, QUARANTINED -> step("copy", FAILED, "its bytes are copied", row.reason() + tries(row));
            case GONE -> step("copy", FAILED, "its bytes are copied", "it was gone");
            case SKIPPED -> step("object", REFUSED, "an object of its own", String.valueOf(row.reason()));
            case QUEUED, PENDING_SOURCE -> step("copy", OPEN, "its bytes are copied", "not yet");
            case FILTERED, DELETED -> {
                // the filters are reported already, and nothing came after them
            }
        }
    }

    private static String tries(LedgerEntity row) {
        return row.attempts() < 2 ? "" : " after %d tries".formatted(row.attempts());
    }

    private String sentence(LedgerEntity row, SourceFile file) {
        Settled settled = row.settled();
        String object = settled == null ? null : settled.objectId();
        return switch (row.state()) {
            case SYNCED ->
                "It is synced: its bytes lie in %s.".formatted(object == null ? "the bucket" : "object " + object);
            case FILTERED ->
                filters.judge(path, file) instanceof FilterResult.Refused refused
                        ? filtered(refused)
                        : "It was filtered (%s): %s"
                                .formatted(row.reason(), detailOr(row, "the filters of that run did not take it."));
            case SKIPPED ->
                isNoFile(row) && !isUnreadable(row)
                        ? ofReason(String.valueOf(row.reason()), "")
                        : ofReason(
                                String.valueOf(row.reason()),
                                detailOr(row, object == null ? "" : "That is object %s.".formatted(object)));
            case FAILED ->
                "It could not be copied (%s): %s".formatted(row.reason(), detailOr(row, "the next run tries again."));
            case QUARANTINED ->
                "It was given up%s (%s): %s"
                        .formatted(tries(row), row.reason(), detailOr(row, "the reason says it all."));
            case QUEUED -> "It is queued: the next run tries it.";
            case PENDING_SOURCE -> "The source is still preparing it: " + detailOr(row, "it says no more.");
            case GONE -> "It was listed and was gone when it was to be read. What was synced of it stays.";
            case DELETED -> "Its object was deleted.";
        };
    }

    private String ofReason(String reason, String more) {
        String sentence = switch (reason) {
            case "FOLDER_MARKER" -> "It is no file: it only stands for a folder.";
            case "ARCHIVED" -> "Its bytes lie in an archive and cannot be read before they are restored.";
            case "DUPLICATE_OF" -> "The bucket has its bytes already, in another object, and skip_duplicates is on.";
            case "OBJECT_DELETED" -> "Its object was deleted here, so it is not made again until the file changes.";
            case NOT_DOWNLOADABLE -> "Its bytes are not to be had.";
            case "TOO_LARGE" -> "It is larger than the organization's plan allows.";
            default -> "It was skipped (%s).".formatted(reason);
        };
        return more.isEmpty() ? sentence : sentence + " " + more;
    }

    private String next(LedgerEntity row, SourceFile file) {
        return switch (row.state()) {
            case SYNCED -> "It is copied again only when it changes at the source.";
            case FILTERED ->
                filters.judge(path, file) instanceof FilterResult.Refused
                        ? "Change file_filters to take it."
                        : nextRun("looks at it with the filters as they are now");
            case SKIPPED ->
                switch (String.valueOf(row.reason())) {
                    case "FOLDER_MARKER" -> "Nothing: it has no content.";
                    case "ARCHIVED" -> "Restore it at the provider; the next run after that takes it.";
                    case NOT_DOWNLOADABLE -> MENDED;
                    case "DUPLICATE_OF" ->
                        "Nothing, unless it or that object changes, or skip_duplicates is set to false and it is"
                                + " replayed.";
                    case "NOT_IN_PATH" -> "Change source_path, or make a sync for the place where it lies.";
                    default -> "Nothing until it changes at the source; POST .../replay tries it again.";
                };
            case FAILED, QUEUED -> nextRun("tries it again");
            case QUARANTINED ->
                row.refusedBy() == null
                        ? "Mend what is wrong, then POST .../replay with its key; it is tried by itself only when it changes."
                        : "Mend schema_mapping or the bucket's schema, or filter it out; the run after that tries it again.";
            case PENDING_SOURCE -> nextRun("looks again");
            case GONE, DELETED -> "If it comes back, the next run takes it.";
        };
    }

    /** When the next run is due, or what prevents it. */
    private String nextRun(String does) {
        if (sync.current() != null) {
            return "The run that goes, or the next one, %s.".formatted(does);
        }
        if (sync.paused() != null) {
            return "The sync is paused; once it is resumed, the next run %s.".formatted(does);
        }
        if (!sync.active()) {
            return "The sync is not active; once it is, the next run %s.".formatted(does);
        }
        return sync.nextSyncAt() == null
                ? "No run comes by itself; trigger one, and it %s.".formatted(does)
                : "The next run, due at %s, %s.".formatted(sync.nextSyncAt(), does);
    }

    private static String filtered(FilterResult.Refused refused) {
        return "It is filtered (%s): wanted is %s; found is %s."
                .formatted(refused.reason(), refused.expected(), refused.actual());
    }

    private static String detailOr(LedgerEntity row, String otherwise) {
        String detail = row.detail();
        return detail == null || detail.isBlank() ? otherwise : sentence(detail);
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static String described(long size, @Nullable Instant modified) {
        return modified == null ? "%d bytes".formatted(size) : "%d bytes, changed at %s".formatted(size, modified);
    }

    private void step(String check, String result, String expected, String actual) {
        steps.add(new Step(check, result, expected, actual));
    }

    private ExplanationResponse answer(String verdict, @Nullable String reason, String sentence, String next) {
        return answer(verdict, reason, sentence, next, new Versions(null, null));
    }

    private ExplanationResponse answer(
            String verdict, @Nullable String reason, String sentence, String next, Versions versions) {
        return new ExplanationResponse(key, verdict, reason, sentence, steps, versions, List.of(), next, null);
    }
}
