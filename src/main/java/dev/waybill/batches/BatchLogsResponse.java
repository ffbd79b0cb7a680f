package dev.waybill.batches;

import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log of a batch, in order of time. */
@Schema(name = "BatchLogsResponse")
record BatchLogsResponse(
        @Schema(description = "The batch.", example = "btch_0VXsK2aQ3nB8xYz1")
        String batchId,

        @Schema(description = "The oldest first.") List<Line> logs,

        @Schema(description = "How many lines there are.", example = "4")
        int totalCount) {

    /** One log entry. */
    @Schema(name = "BatchLogLine")
    record Line(
            @Schema(description = "When it happened.") Instant timestamp,

            @Schema(
                    description = "How much it matters.",
                    example = "INFO",
                    allowableValues = {"INFO", "WARNING", "ERROR"})
            String level,

            @Schema(description = "The tier, where it concerns one.", example = "0") @Nullable
            Integer tierNum,

            @Schema(description = "What happened.", example = "Tier 0 started")
            String message) {}

    /** @param only the lines of this tier; null for all */
    static BatchLogsResponse of(BatchEntity batch, @Nullable Integer only) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(batch.createdAt(), "INFO", null, "The batch was created"));
        batch.tiers().forEach(tier -> add(lines, tier));
        if (batch.status().isFinal()) {
            String error = batch.error();
            lines.add(new Line(
                    batch.updatedAt(),
                    level(batch.status()),
                    null,
                    error == null ? "The batch is %s".formatted(batch.status()) : error));
        }
        List<Line> shown = lines.stream()
                .filter(line -> only == null || only.equals(line.tierNum()))
                .sorted(Comparator.comparing(Line::timestamp))
                .toList();
        return new BatchLogsResponse(batch.batchId(), shown, shown.size());
    }

    private static void add(List<Line> lines, Tier tier) {
        Tier.State state = tier.state();
        int number = tier.number();
        Instant started = state.startedAt();
        if (started != null) {
            lines.add(new Line(started, "INFO", number, "Tier %d started".formatted(number)));
        }
        Instant ended = state.completedAt();
        TierSummary tierSummary = state.tally();
        if (ended == null || tierSummary == null) {
            return;
        }
        for (TierSummary.OfError error : tierSummary.errors()) {
            lines.add(new Line(
                    ended, "ERROR", number, "%s: %s (%d)".formatted(error.category(), error.message(), error.count())));
        }
        lines.add(new Line(
                ended,
                level(state.status()),
                number,
                "Tier %d is %s: %d objects, %d failed, %d documents written"
                        .formatted(
                                number,
                                state.status(),
                                tierSummary.objects(),
                                tierSummary.failed(),
                                tierSummary.documents())));
    }

    private static String level(TaskStatus status) {
        return switch (status) {
            case FAILED -> "ERROR";
            case COMPLETED_WITH_ERRORS, CANCELED -> "WARNING";
            default -> "INFO";
        };
    }
}
