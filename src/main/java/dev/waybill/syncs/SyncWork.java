package dev.waybill.syncs;

import dev.waybill.auth.Entitlements;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.Buckets;
import dev.waybill.connections.Connection;
import dev.waybill.connections.Connections;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.quotas.Quotas;
import dev.waybill.syncs.SyncRunDocument.Outcomes;
import dev.waybill.syncs.filters.FileFilters;
import dev.waybill.syncs.mapping.SchemaMapping;
import dev.waybill.tasks.TaskRun;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Does one worker's part of a run: opens the source, goes through its listing, and leaves when something halts it. */
@Component
class SyncWork {

    private final Connections connections;
    private final Buckets buckets;
    private final Entitlements entitlements;
    private final Quotas quotas;
    private final SyncStore syncs;
    private final PageWalk.Stores stores;
    private final FileCopy copies;
    private final Publication publication;

    SyncWork(
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

    /** How far it came. @param halted why it did not come to the end; null when it did */
    record Result(SyncRunDocument run, Halt.@Nullable Reason halted) {}

    /**
     * Works on a run until it is through or halted.
     *
     * @param sync with this worker's fence
     * @throws dev.waybill.connectors.SourceException when the source cannot be opened
     * @throws WaybillException when the sync cannot run as it is set up
     * @throws Fenced when another worker has it
     */
    Result go(TaskRun task, SyncDocument sync, SyncRunDocument found) throws InterruptedException {
        Bucket bucket = buckets.require(sync.scope(), sync.bucketId());
        Buckets.requireOpen(bucket);
        Connection connection = connections.require(sync.organizationId(), sync.connectionId());
        SourcePath path = connections.path(connection, sync.settings().sourcePath());
        SyncRunDocument run = stores.runs().takeUp(found, sync, path.toString()).orElseThrow(Fenced::new);
        Pace pace = new Pace(sync.settings().batchSize(), stores.properties());
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        Halt halt = new Halt(why -> {
            if (why instanceof Halt.Reason.Away) {
                pace.close();
            } else {
                pace.end();
            }
            stopped.complete(null);
        });
        try (Source source = connections.open(connection)) {
            Attempt attempt = attempt(sync, run, bucket, connection, path, source, pace, halt);
            return go(task, attempt, run, stopped);
        }
    }

    private Attempt attempt(
            SyncDocument sync,
            SyncRunDocument run,
            Bucket bucket,
            Connection connection,
            SourcePath path,
            Source source,
            Pace pace,
            Halt halt) {
        Entitlements.Entitlement may = entitlements
                .of(sync.organizationId())
                .orElseThrow(() -> WaybillException.notFound(
                        "organization", sync.organizationId().value()));
        Meter meter = new Meter();
        return new Attempt(
                sync,
                run.runId(),
                bucket,
                source,
                path,
                connections.place(connection),
                new FileTags(source, path, meter, warning -> stores.runs().warn(run, warning)),
                FileFilters.read(
                        sync.settings().fileFilters(), FileFilters.fields(connection.provider()), "file_filters"),
                SchemaMapping.read(sync.settings().schemaMapping(), bucket, connection.provider(), "schema_mapping"),
                may.maxFileBytes(),
                bytes -> quotas.refusal(sync.organizationId(), bytes),
                pace,
                meter,
                halt);
    }

    private Result go(TaskRun task, Attempt attempt, SyncRunDocument run, CompletableFuture<Void> stopped)
            throws InterruptedException {
        Meter meter = attempt.meter();
        int most = attempt.sync().settings().batchChunkSize();
        Ends ends = new Ends(attempt, publication, most, () -> task.progress(meter.ended.sum(), meter.begun.sum()));
        FileWork files = new FileWork(attempt, copies, ends, stores.properties(), stores.clock());
        PageWalk walk = new PageWalk(attempt, run, room(attempt, run), stores, files, ends, stopped);
        try (Lookout lookout = Lookout.over(task, attempt, syncs, connections)) {
            try {
                walk.go();
            } finally {
                ends.close();
            }
        }
        boolean mine = !(attempt.halt().reason() instanceof Halt.Reason.Fenced);
        return new Result(mine ? walk.settle() : run, attempt.halt().reason());
    }

    /** How many files the run may still take. */
    private long room(Attempt attempt, SyncRunDocument run) {
        Outcomes before =
                run.attempts() > 1 ? stores.ledger().outcomes(attempt.sync().key(), run.runId()) : Outcomes.NONE;
        return attempt.sync().settings().maxObjectsPerRun() - before.all();
    }
}
