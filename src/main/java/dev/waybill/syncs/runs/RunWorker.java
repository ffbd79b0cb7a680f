package dev.waybill.syncs.runs;

import dev.waybill.accounts.Entitlements;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.Buckets;
import dev.waybill.connections.Connection;
import dev.waybill.connections.Connections;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.quotas.Quotas;
import dev.waybill.syncs.filters.FileFilters;
import dev.waybill.syncs.mapping.SchemaMapping;
import dev.waybill.syncs.runs.SyncRunEntity.Outcomes;
import dev.waybill.syncs.transfer.AdaptiveConcurrency;
import dev.waybill.syncs.transfer.FileCopy;
import dev.waybill.syncs.transfer.FileTags;
import dev.waybill.syncs.transfer.RunCost;
import dev.waybill.tasks.TaskRun;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Works on a run: opens the source, walks its listing, and stops when halted. */
@Component
class RunWorker {

    private final Connections connections;
    private final Buckets buckets;
    private final Entitlements entitlements;
    private final Quotas quotas;
    private final SyncStore syncs;
    private final PageWalk.Stores stores;
    private final FileCopy copies;
    private final Publication publication;

    RunWorker(
            Connections connections,
            Buckets buckets,
            Entitlements entitlements,
            Quotas quotas,
            SyncStore syncs,
            PageWalk.Stores stores,
            FileCopy copies,
            Publication publication) {
        this.connections = connections;
        this.buckets = buckets;
        this.entitlements = entitlements;
        this.quotas = quotas;
        this.syncs = syncs;
        this.stores = stores;
        this.copies = copies;
        this.publication = publication;
    }

    /** Result of an attempt. @param halted why it did not reach the end; null when it did */
    record Result(SyncRunEntity run, HaltReason.@Nullable Reason halted) {}

    /**
     * Works on a run until it is complete or halted.
     *
     * @param sync with this worker's fencing token
     * @throws dev.waybill.connectors.SourceException when the source cannot be opened
     * @throws WaybillException when the sync cannot run with its settings
     * @throws FencedException when another worker has claimed it
     */
    Result go(TaskRun task, SyncEntity sync, SyncRunEntity found) throws InterruptedException {
        Bucket bucket = buckets.require(sync.scope(), sync.bucketId());
        Buckets.requireOpen(bucket);
        Connection connection = connections.require(sync.organizationId(), sync.connectionId());
        SourcePath path = connections.path(connection, sync.settings().sourcePath());
        SyncRunEntity run = stores.runs().claim(found, sync, path.toString()).orElseThrow(FencedException::new);
        AdaptiveConcurrency adaptiveConcurrency =
                new AdaptiveConcurrency(sync.settings().batchSize(), stores.properties());
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        HaltReason haltReason = new HaltReason(why -> {
            if (why instanceof HaltReason.Reason.Away) {
                adaptiveConcurrency.close();
            } else {
                adaptiveConcurrency.end();
            }
            stopped.complete(null);
        });
        try (Source source = connections.open(connection)) {
            RunAttempt runAttempt =
                    attempt(sync, run, bucket, connection, path, source, adaptiveConcurrency, haltReason);
            return go(task, runAttempt, run, stopped);
        }
    }

    private RunAttempt attempt(
            SyncEntity sync,
            SyncRunEntity run,
            Bucket bucket,
            Connection connection,
            SourcePath path,
            Source source,
            AdaptiveConcurrency adaptiveConcurrency,
            HaltReason haltReason) {
        Entitlements.Entitlement may = entitlements
                .of(sync.organizationId())
                .orElseThrow(() -> WaybillException.notFound(
                        "organization", sync.organizationId().value()));
        RunCost runCost = new RunCost();
        return new RunAttempt(
                sync,
                run.runId(),
                bucket,
                source,
                path,
                connections.location(connection),
                new FileTags(source, path, runCost, warning -> stores.runs().warn(run, warning)),
                FileFilters.read(
                        sync.settings().fileFilters(), FileFilters.fields(connection.provider()), "file_filters"),
                SchemaMapping.read(sync.settings().schemaMapping(), bucket, connection.provider(), "schema_mapping"),
                may.maxFileBytes(),
                bytes -> quotas.refusal(sync.organizationId(), bytes),
                adaptiveConcurrency,
                runCost,
                haltReason);
    }

    private Result go(TaskRun task, RunAttempt runAttempt, SyncRunEntity run, CompletableFuture<Void> stopped)
            throws InterruptedException {
        RunCost runCost = runAttempt.cost();
        int most = runAttempt.sync().settings().batchChunkSize();
        PublicationQueue publicationQueue = new PublicationQueue(
                runAttempt, publication, most, () -> task.progress(runCost.ended.sum(), runCost.begun.sum()));
        FileProcessor files =
                new FileProcessor(runAttempt, copies, publicationQueue, stores.properties(), stores.clock());
        PageWalk walk =
                new PageWalk(runAttempt, run, remaining(runAttempt, run), stores, files, publicationQueue, stopped);
        try (RunMonitor runMonitor = RunMonitor.over(task, runAttempt, syncs, connections)) {
            try {
                walk.go();
            } finally {
                publicationQueue.close();
            }
        }
        boolean isHolder = !(runAttempt.halt().reason() instanceof HaltReason.Reason.Fenced);
        return new Result(isHolder ? walk.settle() : run, runAttempt.halt().reason());
    }

    /** How many files the run may still copy. */
    private long remaining(RunAttempt runAttempt, SyncRunEntity run) {
        Outcomes before =
                run.attempts() > 1 ? stores.ledger().outcomes(runAttempt.sync().key(), run.runId()) : Outcomes.NONE;
        return runAttempt.sync().settings().maxObjectsPerRun() - before.all();
    }
}
