package dev.waybill.syncs;

import dev.waybill.auth.Caller;
import dev.waybill.buckets.BucketIdentifier;
import dev.waybill.buckets.Buckets;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.syncs.runs.ExplanationResponse;
import dev.waybill.syncs.runs.LedgerFilter;
import dev.waybill.syncs.runs.RequeuedResponse;
import dev.waybill.syncs.runs.RunResponse;
import dev.waybill.syncs.runs.SyncHistory;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Sync history", description = "The runs of a sync, and what became of each file.")
class SyncHistoryController {

    private static final String RUNS = SyncController.ONE + "/runs";
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_KEY = 1_024;

    private final Buckets buckets;
    private final SyncHistory history;

    SyncHistoryController(Buckets buckets, SyncHistory history) {
        this.buckets = buckets;
        this.history = history;
    }

    @GetMapping(RUNS)
    @Operation(
            operationId = "listSyncRuns",
            summary = "List a sync's runs",
            description = "The newest first: what each saw, what it did, and how it ended.")
    @ApiResponse(responseCode = "200", description = "A page of runs.")
    ListRunsResponse runs(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("sync_config_id") String id,
            @Parameter(description = "Only runs in this status.")
                    @RequestParam(name = "status", required = false)
                    @Nullable
                    TaskStatus status,
            ListParameters parameters) {
        return ListRunsResponse.of(history.runs(
                buckets.require(scope, bucketIdentifier), id, status, parameters.toQuery(Filter.ALL, DEFAULT_LIMIT)));
    }

    @GetMapping(RUNS + "/{sync_run_id}")
    @Operation(
            operationId = "getSyncRun",
            summary = "Get a run",
            description = "While it goes, what is counted from the ledger at its end is still 0.")
    @ApiResponse(responseCode = "200", description = "The run.")
    RunResponse run(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("sync_config_id") String id,
            @PathVariable("sync_run_id") String run) {
        return history.run(buckets.require(scope, bucketIdentifier), id, run);
    }

    @GetMapping(SyncController.ONE + "/jobs/{sync_job_id}")
    @Operation(
            operationId = "getSyncJob",
            summary = "Get a run by its job",
            description = "The same as `GET .../runs/{sync_run_id}`, by the `sync_job_id` that a trigger answered.")
    @ApiResponse(responseCode = "200", description = "The run.")
    RunResponse job(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("sync_config_id") String id,
            @PathVariable("sync_job_id") String job) {
        return history.run(buckets.require(scope, bucketIdentifier), id, job);
    }

    @PostMapping(RUNS + "/{sync_run_id}/cancel")
    @Operation(
            operationId = "cancelSyncRun",
            summary = "Cancel a run",
            description = "It stops between two files; what it took stays. One that has ended stays as it is.")
    @ApiResponse(responseCode = "200", description = "The run; it may take a moment until it is CANCELED.")
    RunResponse cancel(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("sync_config_id") String id,
            @PathVariable("sync_run_id") String run) {
        return history.cancel(buckets.require(scope, bucketIdentifier), id, run);
    }

    @PostMapping(SyncController.ONE + "/ledger/list")
    @Operation(
            operationId = "listSyncLedger",
            summary = "List what became of files",
            description = "A row for each file that a run saw, by key. The body may be missing.")
    @ApiResponse(responseCode = "200", description = "A page of rows.")
    ListLedgerResponse ledger(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("sync_config_id") String id,
            ListParameters parameters,
            @RequestBody(required = false) @Nullable ListLedgerRequest body) {
        LedgerFilter filter = (body == null ? ListLedgerRequest.EVERYTHING : body).read();
        return ListLedgerResponse.of(history.rows(
                buckets.require(scope, bucketIdentifier),
                id,
                filter,
                parameters.toQuery(body, Filter.ALL, DEFAULT_LIMIT)));
    }

    @GetMapping(SyncController.ONE + "/explain")
    @Operation(
            operationId = "explainSyncKey",
            summary = "Say why a file is, or is not, there",
            description = "A sentence for every key: what a run made of the file, or, when none saw it, what the source"
                    + " and the filters say of it now. A key that no run saw is asked for at the source, once.")
    @ApiResponse(responseCode = "200", description = "The story of the file.")
    ExplanationResponse explain(
            Caller caller,
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("sync_config_id") String id,
            @Parameter(
                            description = "The file's key, to the letter, percent-encoded.",
                            example = "videos/drafts/cut.mp4")
                    @RequestParam("key")
                    String key) {
        requireKey(key);
        return history.explain(caller, buckets.require(scope, bucketIdentifier), id, key);
    }

    @PostMapping(SyncController.ONE + "/replay")
    @Operation(
            operationId = "replaySyncKeys",
            summary = "Copy files again",
            description = "The next run takes them as if they were new, whatever became of them.")
    @ApiResponse(responseCode = "200", description = "How many there are.")
    RequeuedResponse replay(
            Caller caller,
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("sync_config_id") String id,
            @RequestBody KeysRequest request) {
        return history.replay(caller, buckets.require(scope, bucketIdentifier), id, request.read());
    }

    @PostMapping(SyncController.ONE + "/dlq")
    @Operation(
            operationId = "listSyncDeadLetters",
            summary = "List files that were given up",
            description = "Rows of the ledger in QUARANTINED, by key: they failed three times and wait for another"
                    + " version, or for you. The body may be missing.")
    @ApiResponse(responseCode = "200", description = "A page of rows.")
    ListLedgerResponse deadLetters(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("sync_config_id") String id,
            ListParameters parameters,
            @RequestBody(required = false) @Nullable ListDeadLettersRequest body) {
        ListDeadLettersRequest request = body == null ? ListDeadLettersRequest.EVERYTHING : body;
        LedgerFilter filter = request.read();
        return ListLedgerResponse.of(history.rows(
                buckets.require(scope, bucketIdentifier),
                id,
                filter,
                parameters.toQuery(body, Filter.ALL, DEFAULT_LIMIT).withTotal()));
    }

    @PostMapping(SyncController.ONE + "/dlq/retry")
    @Operation(
            operationId = "retrySyncDeadLetters",
            summary = "Try files again that were given up",
            description = "Some by their keys, or all; the next run tries them as if they were new.")
    @ApiResponse(responseCode = "200", description = "How many there are.")
    RequeuedResponse retry(
            Caller caller,
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("sync_config_id") String id,
            @RequestBody RetryDeadLettersRequest request) {
        return history.retry(caller, buckets.require(scope, bucketIdentifier), id, request.read());
    }

    private static void requireKey(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY || key.indexOf('\0') >= 0) {
            throw new InvalidRequest(List.of(new Violation(
                    List.of("query", "key"),
                    "A key has 1 to %d characters, and no NUL".formatted(MAX_KEY),
                    "value_error")));
        }
    }
}
