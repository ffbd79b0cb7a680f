package dev.waybill.syncs.runs;

import dev.waybill.auth.Caller;
import dev.waybill.buckets.Bucket;
import dev.waybill.connections.Connection;
import dev.waybill.connections.Connections;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.query.Sort;
import dev.waybill.syncs.filters.FileFilters;
import dev.waybill.syncs.runs.Explanation.Look;
import dev.waybill.tasks.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Use cases of the HTTP API for a sync's runs and ledger. */
@Component
public class SyncHistory {

    static final Fields RUN_FIELDS = Fields.builder()
            .token("run_id")
            .stored("created_at", Fields.Kind.INSTANT, "started_at")
            .build();

    static final Fields LEDGER_FIELDS =
            Fields.builder().stored("key", Fields.Kind.TOKEN, "source_key").build();

    private final SyncService syncs;
    private final SyncRunStore runs;
    private final SyncRuns commands;
    private final LedgerStore ledger;
    private final Connections connections;
    private final InstantSource clock;

    SyncHistory(
            SyncService syncs,
            SyncRunStore runs,
            SyncRuns commands,
            LedgerStore ledger,
            Connections connections,
            InstantSource clock) {
        this.syncs = syncs;
        this.runs = runs;
        this.commands = commands;
        this.ledger = ledger;
        this.connections = connections;
        this.clock = clock;
    }

    /** The newest first. */
    public Page<RunResponse> runs(Bucket bucket, String id, @Nullable TaskStatus status, ListQuery query) {
        return runs.page(syncs.require(bucket, id), status, query.withTotal(), RUN_FIELDS)
                .map(RunResponse::of);
    }

    /** @throws WaybillException 404 */
    public RunResponse run(Bucket bucket, String id, String run) {
        return runs.find(syncs.require(bucket, id), run)
                .map(RunResponse::of)
                .orElseThrow(() -> WaybillException.notFound("sync_run", run));
    }

    /** @throws WaybillException 404 */
    public RunResponse cancel(Bucket bucket, String id, String run) {
        return RunResponse.of(commands.cancel(syncs.require(bucket, id), run));
    }

    /** In the order of the keys. */
    public Page<LedgerRowResponse> rows(Bucket bucket, String id, LedgerFilter filter, ListQuery query) {
        SyncEntity sync = syncs.require(bucket, id);
        return ledger.page(sync.key(), filter, byKey(query), LEDGER_FIELDS).map(row -> LedgerRowResponse.of(sync, row));
    }

    /** Queues files for another copy by the next run, whatever their state. */
    public RequeuedResponse replay(Caller caller, Bucket bucket, String id, Set<String> keys) {
        SyncEntity sync = syncs.requireReading(caller, bucket, id);
        List<String> unknown = without(keys, ledger.known(sync.key(), keys));
        return requeued(sync, ledger.replay(sync.key(), keys, clock.instant()), unknown);
    }

    /**
     * Redrives dead letters: the next run retries them.
     *
     * @param keys null for all
     */
    public RequeuedResponse retry(Caller caller, Bucket bucket, String id, @Nullable Set<String> keys) {
        SyncEntity sync = syncs.requireReading(caller, bucket, id);
        List<String> others = keys == null ? List.of() : without(keys, ledger.failed(sync.key(), keys));
        return requeued(sync, ledger.requeue(sync.key(), keys, clock.instant()), others);
    }

    private static RequeuedResponse requeued(SyncEntity sync, long requeued, List<String> ignored) {
        return new RequeuedResponse(sync.syncId(), requeued, ignored.isEmpty() ? null : ignored, sync.nextSyncAt());
    }

    private static ListQuery byKey(ListQuery query) {
        return query.withSort(Sort.ascending("key"));
    }

    /** The keys that were not found. */
    private static List<String> without(Set<String> keys, Set<String> found) {
        return keys.stream().filter(key -> !found.contains(key)).toList();
    }

    /** Explains why a file is, or is not, in the bucket. One that no run saw is looked up at the source. */
    public ExplanationResponse explain(Caller caller, Bucket bucket, String id, String key) {
        SyncEntity sync = syncs.requireReading(caller, bucket, id);
        Connection connection = connections.require(sync.organizationId(), sync.connectionId());
        SourcePath path = connections.path(connection, sync.settings().sourcePath());
        FileFilters filters = FileFilters.read(
                sync.settings().fileFilters(), FileFilters.fields(connection.provider()), "file_filters");
        Explanation explanation = new Explanation(sync, path, filters, key);
        Optional<LedgerEntity> row = ledger.find(sync.key(), key);
        if (row.isPresent()) {
            return explanation.of(row.get());
        }
        return path.contains(key) ? explanation.ofUnseen(lookUp(sync, connection, path, key)) : explanation.outside();
    }

    private Look lookUp(SyncEntity sync, Connection connection, SourcePath path, String key) {
        try (Source source = connections.open(connection)) {
            return source.find(path, key)
                    .<Look>map(file -> isBeyondTheLatestRun(sync, key) ? new Look.Beyond(file) : new Look.Found(file))
                    .orElseGet(Look.Absent::new);
        } catch (SourceException failed) {
            return new Look.Failed(failed.diagnosis(), failed.getMessage());
        } catch (WaybillException unusable) {
            return new Look.Failed(unusable.code().name(), unusable.getMessage());
        }
    }

    /** Whether the latest run reached its cap before the key. */
    private boolean isBeyondTheLatestRun(SyncEntity sync, String key) {
        return Optional.ofNullable(sync.lastRun())
                .flatMap(run -> runs.find(sync, run))
                .map(SyncRunEntity::listing)
                .filter(SyncRunEntity.Listing::capped)
                .filter(listing -> listing.lastKey() == null || isBehind(listing.lastKey(), key))
                .isPresent();
    }

    /** Compares in the order of listings, which is that of bytes. */
    private static boolean isBehind(String last, String key) {
        return Arrays.compareUnsigned(key.getBytes(StandardCharsets.UTF_8), last.getBytes(StandardCharsets.UTF_8)) > 0;
    }
}
