package dev.waybill.syncs.runs;

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
import dev.waybill.syncs.runs.SyncEntity.Pause;
import dev.waybill.syncs.settings.NewSync;
import dev.waybill.syncs.settings.NewSync.Inline;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.syncs.settings.Settings;
import dev.waybill.syncs.settings.SyncChange;
import dev.waybill.syncs.settings.SyncId;
import dev.waybill.syncs.settings.SyncSettings;
import dev.waybill.syncs.settings.Trigger;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Use cases of the HTTP API for syncs. */
@Component
public class SyncService {

    static final Fields FIELDS =
            Fields.builder().token("sync_config_id").instant("created_at").build();

    /** The reason of a pause that was requested without one. */
    public static final String ON_REQUEST = "Paused on request.";

    private static final String TYPE = "sync";
    private static final int MAX_ATTEMPTS = 5;

    private final SyncStore store;
    private final SyncRuns runs;
    private final SyncWakeUp wakeUp;
    private final SyncDeletion deletion;
    private final SyncSettings settings;
    private final Connections connections;
    private final IdGenerator ids;
    private final InstantSource clock;

    SyncService(
            SyncStore store,
            SyncRuns runs,
            SyncWakeUp wakeUp,
            SyncDeletion deletion,
            SyncSettings settings,
            Connections connections,
            IdGenerator ids,
            InstantSource clock) {
        this.store = store;
        this.runs = runs;
        this.wakeUp = wakeUp;
        this.deletion = deletion;
        this.settings = settings;
        this.connections = connections;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Creates a sync, and its inline connection where there is one: both or neither.
     *
     * @throws WaybillException 403, 404, 409 or 422 when the connection may not be used, or the settings do not fit it
     */
    public SyncResponse create(Caller caller, Bucket bucket, NewSync wanted) {
        return SyncResponse.created(insert(caller, bucket, wanted));
    }

    private SyncEntity insert(Caller caller, Bucket bucket, NewSync wanted) {
        Buckets.requireOpen(bucket);
        Inline inline = wanted.inline();
        if (inline == null) {
            Connection connection = connections.require(caller, Permission.READ, String.valueOf(wanted.connection()));
            Connections.requireUsable(connection);
            return insert(caller, bucket, connection, wanted);
        }
        Connection connection =
                connections.findOrCreate(caller, inline.provider(), inline.config(), inline.name(), "body.connection");
        try {
            return insert(caller, bucket, connection, wanted);
        } catch (RuntimeException failed) {
            connections.discard(connection);
            throw failed;
        }
    }

    private SyncEntity insert(Caller caller, Bucket bucket, Connection connection, NewSync wanted) {
        Settings read = settings.of(bucket, connection, wanted);
        SyncId id = new SyncId(ids.next(SyncId.PREFIX));
        if (wanted.inline() != null) {
            requireOther(bucket, connection, read, id);
        }
        Instant now = clock.instant();
        Instant next = now.plusSeconds(read.pollingIntervalSeconds());
        SyncEntity sync = SyncEntity.fresh(bucket, id, connection, read, next, caller.userId(), now);
        wakeUp.beforeInsert(sync);
        // A repeat of a request that crashed after this step finds its own sync.
        return store.insert(sync) ? sync : require(bucket, id.value());
    }

    /** Refuses a second sync of the same files in the one-step form. */
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
    public SyncResponse get(Bucket bucket, String id) {
        return SyncResponse.of(require(bucket, id));
    }

    /** @throws WaybillException 404 */
    SyncEntity require(Bucket bucket, String id) {
        return store.find(bucket.scope(), new SyncId(id))
                .filter(sync -> sync.bucketId().equals(bucket.id().value()))
                .orElseThrow(() -> WaybillException.notFound(TYPE, id));
    }

    /**
     * The same, for requests that have the sync read its source, or another part of it: the key's scopes must include
     * the connection too.
     *
     * @throws WaybillException 403 when it does not
     */
    SyncEntity requireReading(Caller caller, Bucket bucket, String id) {
        SyncEntity sync = require(bucket, id);
        connections.require(caller, Permission.READ, sync.connectionId());
        return sync;
    }

    /** A page of a bucket's syncs; a filter that is null does not apply. */
    public Page<SyncResponse> list(
            Bucket bucket,
            @Nullable String connection,
            @Nullable TaskStatus status,
            @Nullable Boolean active,
            ListQuery query) {
        return store.page(bucket.scope(), bucket.id(), connection, status, active, query.withTotal(), FIELDS)
                .map(SyncResponse::of);
    }

    /**
     * Updates settings, and pauses or resumes it where requested: both or neither.
     *
     * @throws WaybillException 409 when its connection cannot be used to resume it, or concurrent changes go on
     */
    public SyncResponse patch(Caller caller, Bucket bucket, String id, SyncChange change) {
        SyncEntity sync = requireReading(caller, bucket, id);
        Connection connection = connection(sync);
        if (Boolean.FALSE.equals(change.paused())) {
            requireResumable(sync, connection);
        }
        for (int round = 0; true; round++) {
            Settings changed = settings.changed(bucket, connection, sync.settings(), change);
            boolean active = change.active() == null ? sync.active() : change.active();
            Optional<SyncEntity> after = store.change(
                    sync, changed, active, SyncSettings.selectsOtherFiles(sync.settings(), changed), clock.instant());
            if (after.isPresent()) {
                sync = after.get();
                break;
            }
            if (round == MAX_ATTEMPTS) {
                throw new WaybillException(
                        ErrorCode.CONFLICT,
                        "The sync is changed by others at the same time. Try again.",
                        details(sync));
            }
            sync = require(bucket, id);
        }
        wakeUp.next(sync);
        if (change.paused() == null) {
            return SyncResponse.of(sync);
        }
        return SyncResponse.of(change.paused() ? paused(caller, bucket, sync, ON_REQUEST) : resumed(bucket, sync));
    }

    /** One that is paused already keeps its first reason. */
    public SyncResponse pause(Caller caller, Bucket bucket, String id, String reason) {
        return SyncResponse.of(paused(caller, bucket, require(bucket, id), reason));
    }

    private SyncEntity paused(Caller caller, Bucket bucket, SyncEntity sync, String reason) {
        return store.pause(sync, new Pause(reason, clock.instant(), caller.userId()))
                .orElseGet(() -> require(bucket, sync.syncId()));
    }

    /**
     * Ends the pause and starts a run, unless one from before the pause is still in progress. One that is not paused
     * stays unchanged.
     */
    public SyncResponse resume(Caller caller, Bucket bucket, String id) {
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
        // Starting the run schedules the check. One that is due at once would start the run too, as a scheduled one.
        store.resume(sync, clock.instant())
                .filter(SyncEntity::isRunnable)
                .ifPresent(resumed -> runs.startIfIdle(resumed, Trigger.RESUME));
        return require(bucket, sync.syncId());
    }

    /**
     * Starts a run now.
     *
     * @return its id
     * @throws WaybillException 409 when one is in progress, or none may be started
     */
    public String trigger(Caller caller, Bucket bucket, String id) {
        SyncEntity sync = requireReading(caller, bucket, id);
        Connections.requireUsable(connection(sync));
        return runs.start(sync, Trigger.MANUAL, RunMode.INCREMENTAL).toString();
    }

    /** @throws WaybillException 404 */
    public void delete(Bucket bucket, String id) {
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
