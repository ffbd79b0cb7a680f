package dev.waybill.syncs;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Permission;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.Buckets;
import dev.waybill.connections.Connection;
import dev.waybill.connections.Connections;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.syncs.NewSync.Inline;
import dev.waybill.syncs.SyncEntity.Pause;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What callers do with syncs. */
@Component
class SyncService {

    static final Fields FIELDS =
            Fields.builder().token("sync_config_id").instant("created_at").build();

    /** Why a sync is paused where nobody says more. */
    static final String ON_REQUEST = "Paused on request.";

    private static final String TYPE = "sync";
    private static final int ROUNDS = 5;

    private final SyncStore store;
    private final SyncRuns runs;
    private final SyncWakeUp alarm;
    private final SyncDeletion deletion;
    private final SyncSettings settings;
    private final Connections connections;
    private final IdGenerator ids;
    private final InstantSource clock;

    SyncService(
            SyncStore store,
            SyncRuns runs,
            SyncWakeUp alarm,
            SyncDeletion deletion,
            SyncSettings settings,
            Connections connections,
            IdGenerator ids,
            InstantSource clock) {
        this.store = store;
        this.runs = runs;
        this.alarm = alarm;
        this.deletion = deletion;
        this.settings = settings;
        this.connections = connections;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A new sync, and its connection where one comes along: both or neither.
     *
     * @throws WaybillException 403, 404, 409 or 422 when the connection may not be used, or the settings do not fit it
     */
    SyncResponse create(Caller caller, Bucket bucket, NewSync wanted) {
        return SyncResponse.created(made(caller, bucket, wanted));
    }

    private SyncEntity made(Caller caller, Bucket bucket, NewSync wanted) {
        Buckets.requireOpen(bucket);
        Inline inline = wanted.inline();
        if (inline == null) {
            Connection connection = connections.require(caller, Permission.READ, String.valueOf(wanted.connection()));
            Connections.requireUsable(connection);
            return make(caller, bucket, connection, wanted);
        }
        Connection connection =
                connections.findOrCreate(caller, inline.provider(), inline.config(), inline.name(), "body.connection");
        try {
            return make(caller, bucket, connection, wanted);
        } catch (RuntimeException failed) {
            connections.discard(connection);
            throw failed;
        }
    }

    private SyncEntity make(Caller caller, Bucket bucket, Connection connection, NewSync wanted) {
        Settings read = settings.of(bucket, connection, wanted);
        SyncId id = new SyncId(ids.next(SyncId.PREFIX));
        if (wanted.inline() != null) {
            requireOther(bucket, connection, read, id);
        }
        Instant now = clock.instant();
        Instant next = now.plusSeconds(read.pollingIntervalSeconds());
        SyncEntity sync = SyncEntity.fresh(bucket, id, connection, read, next, caller.userId(), now);
        alarm.making(sync);
        // There is one of this very id when a request is run again that died after this step.
        return store.insert(sync) ? sync : require(bucket, id.value());
    }

    /** The one-step form, sent again, makes no second sync of the same files. */
    private void requireOther(Bucket bucket, Connection connection, Settings wanted, SyncId own) {
        SourcePath path = connections.path(connection, wanted.sourcePath());
        store.of(bucket.scope(), bucket.id(), connection.id()).stream()
                .filter(other -> !other.syncId().equals(own.value()))
                .filter(other -> connections
                        .path(connection, other.settings().sourcePath())
                        .equals(path))
                .findFirst()
                .ifPresent(other -> {
                    Map<String, Object> details = details(other);
                    details.put("connection_id", connection.id().value());
                    throw new WaybillException(
                            ErrorCode.ALREADY_EXISTS,
                            "Sync '%s' takes the same files into this bucket already; change it, or choose another source_path."
                                    .formatted(other.syncId()),
                            details);
                });
    }

    /** @throws WaybillException 404 */
    SyncResponse get(Bucket bucket, String id) {
        return SyncResponse.of(require(bucket, id));
    }

    /** @throws WaybillException 404 */
    SyncEntity require(Bucket bucket, String id) {
        return store.find(bucket.scope(), new SyncId(id))
                .filter(sync -> sync.bucketId().equals(bucket.id().value()))
                .orElseThrow(() -> WaybillException.notFound(TYPE, id));
    }

    /**
     * The same, for whoever has it read its source, or read another part of it: the key must reach the connection too.
     *
     * @throws WaybillException 403 when it does not
     */
    SyncEntity requireReading(Caller caller, Bucket bucket, String id) {
        SyncEntity sync = require(bucket, id);
        connections.require(caller, Permission.READ, sync.connectionId());
        return sync;
    }

    /** A bucket's syncs; a null does not narrow them. */
    Page<SyncResponse> list(
            Bucket bucket,
            @Nullable String connection,
            @Nullable TaskStatus status,
            @Nullable Boolean active,
            ListQuery query) {
        return store.page(bucket.scope(), bucket.id(), connection, status, active, query.withTotal(), FIELDS)
                .map(SyncResponse::of);
    }

    /**
     * Changes settings, and pauses or resumes it where that is asked for: both or neither.
     *
     * @throws WaybillException 409 when its connection does not let it be resumed, or others change it all the time
     */
    SyncResponse patch(Caller caller, Bucket bucket, String id, SyncChange change) {
        SyncEntity sync = requireReading(caller, bucket, id);
        Connection connection = connection(sync);
        if (Boolean.FALSE.equals(change.paused())) {
            requireResumable(sync, connection);
        }
        for (int round = 0; true; round++) {
            Settings changed = settings.changed(bucket, connection, sync.settings(), change);
            boolean active = change.active() == null ? sync.active() : change.active();
            Optional<SyncEntity> after = store.change(
                    sync, changed, active, SyncSettings.asksForOtherFiles(sync.settings(), changed), clock.instant());
            if (after.isPresent()) {
                sync = after.get();
                break;
            }
            if (round == ROUNDS) {
                throw new WaybillException(
                        ErrorCode.CONFLICT,
                        "The sync is changed by others at the same time. Try again.",
                        details(sync));
            }
            sync = require(bucket, id);
        }
        alarm.next(sync);
        if (change.paused() == null) {
            return SyncResponse.of(sync);
        }
        return SyncResponse.of(change.paused() ? paused(caller, bucket, sync, ON_REQUEST) : resumed(bucket, sync));
    }

    /** One that is paused already keeps its reason. */
    SyncResponse pause(Caller caller, Bucket bucket, String id, String reason) {
        return SyncResponse.of(paused(caller, bucket, require(bucket, id), reason));
    }

    private SyncEntity paused(Caller caller, Bucket bucket, SyncEntity sync, String reason) {
        return store.pause(sync, new Pause(reason, clock.instant(), caller.userId()))
                .orElseGet(() -> require(bucket, sync.syncId()));
    }

    /** Begins a run, unless one goes still from before the pause. One that is not paused stays as it is. */
    SyncResponse resume(Caller caller, Bucket bucket, String id) {
        SyncEntity sync = requireReading(caller, bucket, id);
        requireResumable(sync, connection(sync));
        return SyncResponse.of(resumed(bucket, sync));
    }

    private static void requireResumable(SyncEntity sync, Connection connection) {
        if (sync.paused() != null) {
            Connections.requireUsable(connection);
        }
    }

    private SyncEntity resumed(Bucket bucket, SyncEntity sync) {
        // Beginning the run sets the watch. One that was set to come at once would begin it too, as a scheduled one.
        store.resume(sync, clock.instant())
                .filter(SyncEntity::isRunnable)
                .ifPresent(resumed -> runs.startUnlessOneGoes(resumed, Trigger.RESUME));
        return require(bucket, sync.syncId());
    }

    /**
     * Begins a run now.
     *
     * @return its id
     * @throws WaybillException 409 when one goes, or none may
     */
    String trigger(Caller caller, Bucket bucket, String id) {
        SyncEntity sync = requireReading(caller, bucket, id);
        Connections.requireUsable(connection(sync));
        return runs.start(sync, Trigger.MANUAL, RunMode.INCREMENTAL).toString();
    }

    /** @throws WaybillException 404 */
    void delete(Bucket bucket, String id) {
        deletion.begin(require(bucket, id));
    }

    private Connection connection(SyncEntity sync) {
        return connections.require(sync.organizationId(), sync.connectionId());
    }

    private static Map<String, Object> details(SyncEntity sync) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("resource", TYPE);
        details.put("id", sync.syncId());
        details.put("sync_config_id", sync.syncId());
        return details;
    }
}
