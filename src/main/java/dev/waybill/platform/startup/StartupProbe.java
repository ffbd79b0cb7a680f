package dev.waybill.platform.startup;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.mongo.MongoPing;
import dev.waybill.platform.mongo.SchemaVersion;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StorageProbe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Checks the connections to the stores before anything else runs. Without MongoDB there is nothing to serve, and wrong
 * credentials do not get better by waiting: both refuse to start. Storage that is merely away comes back; Redis is not
 * even needed.
 */
@Component
class StartupProbe implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(StartupProbe.class);
    private static final Duration MONGO_WAIT = Duration.ofSeconds(10);
    private static final Duration STORAGE_WAIT = Duration.ofSeconds(5);

    private final MongoPing mongo;
    private final SchemaVersion schema;
    private final ObjectProvider<ObjectStorage> storage;
    private final ObjectProvider<StorageProbe> probe;
    private volatile boolean running;

    StartupProbe(
            MongoPing mongo,
            SchemaVersion schema,
            ObjectProvider<ObjectStorage> storage,
            ObjectProvider<StorageProbe> probe) {
        this.mongo = mongo;
        this.schema = schema;
        this.storage = storage;
        this.probe = probe;
    }

    @Override
    public void start() {
        CompletableFuture<Void> storageChecked = inBackground(() -> storage.ifAvailable(ObjectStorage::check));
        CompletableFuture<Void> storageProbed =
                storageChecked.thenRunAsync(this::probeStorage, Thread::startVirtualThread);
        requireMongo(outcome(inBackground(this::connectToMongo), MONGO_WAIT.plusSeconds(1)));
        requireStorage(outcome(storageChecked, STORAGE_WAIT));
        requireNoLeak(outcome(storageProbed, STORAGE_WAIT));
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    private void connectToMongo() {
        long deadline = System.nanoTime() + MONGO_WAIT.toNanos();
        while (true) {
            try {
                mongo.check();
                schema.require();
                return;
            } catch (WaybillException e) {
                if (e.code() == ErrorCode.UNAUTHORIZED || System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
        }
    }

    private static void requireMongo(@Nullable RuntimeException failure) {
        if (failure instanceof WaybillException known && known.code() == ErrorCode.UNAUTHORIZED) {
            throw cannotStart("MongoDB refuses the credentials in MONGODB_URI. Correct user, password and authSource.");
        }
        if (failure instanceof SchemaVersion.Mismatch older) {
            throw cannotStart(String.valueOf(older.getMessage()));
        }
        if (failure != null) {
            log.debug("MongoDB does not answer", failure);
            throw cannotStart("MongoDB does not answer at the address in MONGODB_URI."
                    + " Start it, or correct the address; a replica set must have elected its primary.");
        }
    }

    private static void requireStorage(@Nullable RuntimeException failure) {
        switch (failure) {
            case null -> log.debug("Storage answers");
            case StorageException known -> requireUsable(known);
            default -> warnOfStorage(failure);
        }
    }

    private static void requireUsable(StorageException failure) {
        switch (failure.kind()) {
            case DENIED ->
                throw cannotStart("Storage refuses S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY."
                        + " Correct them, or allow the key to use the bucket in S3_BUCKET.");
            case BROKEN ->
                throw cannotStart("Storage knows no bucket as named in S3_BUCKET."
                        + " Create it, or correct S3_BUCKET, S3_ENDPOINT and S3_REGION.");
            case UNAVAILABLE, UNKNOWN, DISK_FULL -> warnOfStorage(failure);
        }
    }

    private static void warnOfStorage(RuntimeException failure) {
        log.warn("Storage does not answer at the address in S3_ENDPOINT. Starting nevertheless:"
                + " uploads are refused with 503 until it does.");
        log.debug("Storage does not answer", failure);
    }

    private void probeStorage() {
        StorageProbe wanted = probe.getIfAvailable();
        if (wanted == null || !wanted.isWantedAtStart() || !wanted.ask().leaksThroughCopies()) {
            return;
        }
        String leak =
                "Storage copies objects for headers that nobody signed, so that whoever has a URL to PUT could read"
                        + " every object.";
        throw cannotStart(
                wanted.hasUploadCredential()
                        ? leak
                                + " S3_UPLOAD_ACCESS_KEY_ID does not prevent it: allow it nothing but to PUT objects below"
                                + " staging/ (docs/storage.md)."
                        : leak + " Set S3_UPLOAD_ACCESS_KEY_ID and S3_UPLOAD_SECRET_ACCESS_KEY to a credential that may"
                                + " do nothing but PUT objects below staging/ (docs/storage.md).");
    }

    /** Storage that is slow, or away, is probed on in the background. */
    private static void requireNoLeak(@Nullable RuntimeException outcome) {
        if (outcome instanceof CannotStart leak) {
            throw leak;
        }
        if (outcome != null) {
            log.debug("What storage enforces is not known yet", outcome);
        }
    }

    private static CompletableFuture<Void> inBackground(Runnable store) {
        return CompletableFuture.runAsync(store, Thread::startVirtualThread);
    }

    private static @Nullable RuntimeException outcome(CompletableFuture<Void> check, Duration wait) {
        try {
            check.get(wait.toMillis(), TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (TimeoutException e) {
            return new IllegalStateException("no answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new IllegalStateException("interrupted", e);
        }
    }

    private static CannotStart cannotStart(String problem) {
        return new CannotStart(List.of(problem));
    }
}
