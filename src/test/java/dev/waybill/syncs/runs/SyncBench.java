package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Permission;
import dev.waybill.auth.Plan;
import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.Buckets;
import dev.waybill.connections.Connection;
import dev.waybill.connections.Connections;
import dev.waybill.connectors.ScriptedFiles;
import dev.waybill.connectors.ScriptedSource;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.syncs.runs.SyncEntity.Totals;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.syncs.settings.SyncId;
import dev.waybill.syncs.settings.Trigger;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.Tasks;
import dev.waybill.testing.Confidential;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * Syncs of a scripted source on a service without workers: the test executes each run. There is one script, so the test
 * classes run one after the other, and start early (@Order), as they would otherwise be left over at the end.
 */
@ResourceLock("syncs by hand")
abstract class SyncBench {

    static final ServiceUnderTest SERVICE = ServiceUnderTest.shared(Map.of(
            "waybill.tasks.workers-enabled", "false",
            "waybill.fetch.allow", "127.0.0.1",
            "waybill.syncs.retry-pause", "2ms",
            "waybill.syncs.longest-pause", "2s"));

    final ScriptedSource script = SERVICE.bean(ScriptedSource.class);

    final SyncStore syncs = SERVICE.bean(SyncStore.class);

    final SyncRunStore runs = SERVICE.bean(SyncRunStore.class);

    final LedgerStore ledger = SERVICE.bean(LedgerStore.class);

    final MongoOperations mongo = SERVICE.bean(MongoOperations.class);

    /** The external bucket. */
    String source;

    Workspace workspace;

    SyncEntity sync;

    @AfterAll
    static void keepSecrets() {
        Confidential.assertKeptBy(SERVICE);
    }

    @BeforeEach
    void begin() {
        script.behave();
        script.pagesOf(Integer.MAX_VALUE);
        script.emptyPageEvery(0);
        script.goesInCirclesAt(0);
        script.renew();
        source = "b-" + UUID.randomUUID().toString().substring(0, 8);
        workspace = Workspace.create(SERVICE.client(), Map.of("content", Map.of("type", "binary")));
        sync = sync(new With(source));
    }

    Scope scope() {
        return new Scope(new OrganizationId("org_bootstrap"), new NamespaceId(workspace.namespace()));
    }

    /** One more sync of the workspace's bucket. */
    SyncEntity sync(With settings) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("provider_type", ScriptedSource.PROVIDER);
        config.put(
                "credentials",
                Map.of("access_key_id", settings.key() + source, "secret_access_key", ScriptedSource.SECRET));
        if (settings.endpoint() != null) {
            config.put("endpoint_url", settings.endpoint());
        }
        Connection connection = SERVICE.bean(Connections.class)
                .findOrCreate(caller(), ScriptedSource.PROVIDER, config, null, "body.connection");
        Instant now = SERVICE.bean(java.time.InstantSource.class).instant();
        SyncId id = new SyncId("sync_" + UUID.randomUUID().toString().substring(0, 8));
        Bucket bucket = SERVICE.bean(Buckets.class).require(scope(), workspace.bucket());
        SyncEntity made = SyncEntity.fresh(bucket, id, connection, settings.settings(), now, "usr_1", now);
        assertThat(syncs.insert(made)).isTrue();
        return made;
    }

    Caller caller() {
        return new Caller(
                new OrganizationId("org_bootstrap"),
                "usr_1",
                "key_1",
                Set.of(Permission.ADMIN),
                List.of(),
                Plan.ENTERPRISE,
                null,
                false);
    }

    void put(String key, String text) {
        script.put(source, key, ScriptedFiles.Draft.of(text));
    }

    void put(String key, ScriptedFiles.Draft draft) {
        script.put(source, key, draft);
    }

    /** So many small files, {@code <prefix>00000} and on. */
    void putMany(String prefix, int count) {
        for (int i = 0; i < count; i++) {
            put("%s%05d".formatted(prefix, i), "bytes of " + prefix + i);
        }
    }

    // Runs.

    SyncRunEntity run() {
        return run(sync);
    }

    SyncRunEntity run(SyncEntity of) {
        return run(of, RunMode.INCREMENTAL);
    }

    SyncRunEntity run(SyncEntity of, RunMode mode) {
        String id = start(of, mode);
        work(hand(of, id));
        return ended(of, id);
    }

    String start(SyncEntity of, RunMode mode) {
        return SERVICE.bean(SyncRuns.class)
                .start(syncs.find(of.key()).orElseThrow(), Trigger.MANUAL, mode)
                .toString();
    }

    HandRun hand(SyncEntity of, String run) {
        Task task = SERVICE.bean(Tasks.class)
                .find(of.organizationId(), new TaskId(run))
                .orElseThrow();
        return new HandRun(task, of.key());
    }

    TaskOutcome work(HandRun run) {
        try {
            return SERVICE.bean(SyncTask.class).run(run);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    SyncRunEntity ended(SyncEntity of, String run) {
        SyncRunEntity found = runs.find(of, run).orElseThrow();
        assertThat(found.endedAt()).as("the run's end").isNotNull();
        return found;
    }

    SyncEntity reread() {
        return reread(sync);
    }

    SyncEntity reread(SyncEntity of) {
        return syncs.find(of.key()).orElseThrow();
    }

    // Outcomes.

    LedgerEntity row(String key) {
        return row(sync, key);
    }

    LedgerEntity row(SyncEntity of, String key) {
        return ledger.find(of.key(), key).orElseThrow(() -> new AssertionError("no row of '%s'".formatted(key)));
    }

    List<LedgerEntity> rows(State state) {
        return mongo.find(query(where("sync_key").is(sync.key()).and("state").is(state.name())), LedgerEntity.class);
    }

    /** The bucket's objects, as they are stored. */
    List<Document> objects() {
        return mongo.find(
                query(where("namespace_id")
                        .is(workspace.namespace())
                        .and("bucket_id")
                        .is(workspace.bucket())),
                Document.class,
                "objects");
    }

    Document object(String id) {
        return objects().stream()
                .filter(object -> object.getString("object_id").equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no object " + id));
    }

    byte[] bytes(Document object) {
        String key = object.getList("blobs", Document.class).getFirst().getString("storage_key");
        try (InputStream bytes = SERVICE.bean(ObjectStorage.class)
                .open(new ObjectKey(key), null)
                .orElseThrow(() -> new AssertionError("no bytes at " + key))) {
            return bytes.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs in a thread of its own, which may wait for as long as a test likes. */
    static <T> CompletableFuture<T> meanwhile(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
    }

    /** Sleeps like a slow source. */
    static void linger(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String text(String key) {
        LedgerEntity row = row(key);
        assertThat(row.state()).as(row.toString()).isEqualTo(State.SYNCED);
        return new String(bytes(object(String.valueOf(row.objectId()))), StandardCharsets.UTF_8);
    }

    /**
     * Asserts that each of these keys has an object with its bytes, and that there are no other objects and no orphaned
     * bytes.
     */
    void assertHas(Map<String, String> files) {
        Map<String, String> found = new TreeMap<>();
        files.keySet().forEach(key -> found.put(key, text(key)));
        assertThat(found).isEqualTo(new TreeMap<>(files));
        assertThat(objects()).hasSize(files.size());
        assertNothingLeft();
    }

    /** Asserts so many objects, each with bytes of its own and a ledger row, and no orphaned bytes. */
    void assertHas(int count) {
        List<Document> objects = objects();
        assertThat(objects).hasSize(count);
        Set<String> named = new java.util.HashSet<>();
        rows(State.SYNCED).forEach(row -> named.add(String.valueOf(row.objectId())));
        assertThat(named).hasSize(count);
        assertThat(objects).allMatch(object -> named.contains(object.getString("object_id")));
        assertNothingLeft();
    }

    void assertNothingLeft() {
        SERVICE.bean(BatchedDeletes.class).run();
        List<String> named = objects().stream()
                .flatMap(object -> object.getList("blobs", Document.class).stream())
                .map(blob -> blob.getString("storage_key"))
                .sorted()
                .toList();
        // Deletes that another thread has just taken from the batch are in flight.
        await().untilAsserted(() -> assertThat(stored()).containsExactlyElementsOf(named));
        assertThat(script.reading()).as("open streams").isZero();
        assertThat(script.openSources()).as("open sources").isZero();
    }

    private List<String> stored() {
        return SERVICE.keys().stream()
                .filter(key -> !key.startsWith("staging/") && key.contains("/" + workspace.namespace() + "/"))
                .sorted()
                .toList();
    }

    /** Asserts the sync's totals. */
    void assertTotals(long discovered, long synced, long failed, long bytes) {
        assertThat(reread().totals()).isEqualTo(new Totals(discovered, synced, failed, bytes));
    }
}
