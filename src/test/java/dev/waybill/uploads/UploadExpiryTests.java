package dev.waybill.uploads;

import static dev.waybill.uploads.UploadFixtures.NOW;
import static dev.waybill.uploads.UploadFixtures.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.buckets.Buckets;
import dev.waybill.objects.ObjectEvents;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.ObjectWriter;
import dev.waybill.objects.Objects;
import dev.waybill.objects.UploadOutcome;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.testing.Lie;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.StoreLinks;
import dev.waybill.testing.Stores;
import dev.waybill.testing.Workspace;
import dev.waybill.uploads.verification.UploadMetrics;
import dev.waybill.uploads.verification.UploadProperties;
import dev.waybill.uploads.verification.Verifier;
import dev.waybill.uploads.verification.VerifierFixtures;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.data.mongodb.core.MongoOperations;

/** Expiry of unconfirmed uploads. The grace is negative, so that everything has expired at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadExpiryTests {

    private final StoreLinks links = Stores.create().links();
    private ServiceUnderTest service;

    @BeforeAll
    void start() {
        service = ServiceUnderTest.start(
                links, Map.of("waybill.uploads.expiry-grace", "-2h", "waybill.uploads.expiry-interval", "1h"));
        // The job runs once when the service starts; uploads of a test are for the test's own runs.
        await().until(() ->
                isOver(service.bean(MongoOperations.class).findById("upload-expiry", Document.class, "locks")));
    }

    @AfterAll
    void stop() {
        service.close();
        links.close();
    }

    @Test
    void anUnconfirmedUploadFailsAndItsBytesAreDeleted() {
        Workspace workspace = Workspace.create(service.client());
        String never = workspace.askForJpeg().at("/upload_id");
        String put = workspace.putJpeg();
        String autoConfirmed = putAutoConfirmed(workspace);

        service.bean(UploadExpiry.class).expire();

        assertThat(workspace.upload(never).at("/status")).isEqualTo("FAILED");
        assertThat(workspace.upload(put).at("/status")).isEqualTo("FAILED");
        assertThat(workspace.upload(put).at("/error")).contains("expired");
        assertThat(workspace.confirm(put).status()).isEqualTo(409);
        assertThat(workspace.upload(autoConfirmed).at("/status")).isEqualTo("COMPLETED");
        assertThat(workspace.objects()).isOne();
        await().untilAsserted(() -> assertThat(service.bean(ObjectStorage.class).list("", null, 1000))
                .filteredOn(file -> file.key().value().contains("/" + workspace.namespace() + "/"))
                .hasSize(1));
    }

    @Test
    void nothingExpiresDuringAStorageOutage() {
        Workspace workspace = Workspace.create(service.client());
        String autoConfirmed = putAutoConfirmed(workspace);
        links.s3().cut();

        service.bean(UploadExpiry.class).run();

        assertThat(workspace.upload(autoConfirmed).at("/status")).isEqualTo("PENDING");
        links.s3().resume();
    }

    @Test
    void anUploadWithUnreadableBytesDoesNotBlockOthers() {
        Workspace workspace = Workspace.create(service.client());
        String unreadable = putAutoConfirmed(workspace);
        String readable = putAutoConfirmed(workspace);
        Verifier verifier = VerifierFixtures.over(
                hiding(service.bean(ObjectStorage.class), unreadable.substring(UploadId.PREFIX.length())), service);

        new UploadExpiry(
                        service.bean(UploadStore.class),
                        confirmation(verifier),
                        service.bean(Objects.class),
                        service.bean(UploadProperties.class),
                        service.bean(UploadMetrics.class),
                        InstantSource.system())
                .run();

        assertThat(workspace.upload(unreadable).at("/status")).isEqualTo("PENDING");
        assertThat(workspace.upload(readable).at("/status")).isEqualTo("COMPLETED");
    }

    @Test
    void anUploadRenewedAfterItWasListedStaysOpen() {
        Workspace workspace = Workspace.create(service.client());
        String id = workspace.askForJpeg().at("/upload_id");
        UploadStore store = service.bean(UploadStore.class);
        UploadStore renewing = Lie.of(UploadStore.class, "renews what it lists", "expired", call -> {
                    List<UploadEntity> listed = call.proceed();
                    listed.forEach(
                            one -> store.renew(one.renewed(one.expiresAt().plusSeconds(1), 60), Instant.EPOCH));
                    return listed;
                })
                .over(store);

        new UploadExpiry(
                        renewing,
                        service.bean(UploadConfirmation.class),
                        service.bean(Objects.class),
                        service.bean(UploadProperties.class),
                        service.bean(UploadMetrics.class),
                        InstantSource.system())
                .expire();
        assertThat(workspace.upload(id).at("/status")).isEqualTo("PENDING");

        service.bean(UploadExpiry.class).expire();
        assertThat(workspace.upload(id).at("/status")).isEqualTo("FAILED");
    }

    /** Else an upload that was canceled could be confirmed once its tombstone is gone. */
    @Test
    void aTombstoneIsNotPurgedWhileItsUploadIsOpen() {
        Instant then = Instant.now().minus(Duration.ofDays(4));
        UploadEntity upload = UploadFixtures.pending(SCOPE, then);
        UploadStore store = service.bean(UploadStore.class);
        ObjectWriter writer = service.bean(ObjectWriter.class);
        store.insertAll(List.of(upload));
        UploadOutcome canceled = new UploadOutcome(UploadOutcome.Cause.CANCELED, "", false);
        writer.write(List.of(UploadDrafts.tombstone(upload, canceled, then)));
        List<ObjectId> id = List.of(upload.id().objectId());

        service.bean(UploadExpiry.class).purge();
        assertThat(writer.decided(SCOPE, upload.bucket(), id)).isNotEmpty();

        store.completeAll(List.of(UploadStore.Settled.without(upload, TaskStatus.CANCELED, null, NOW, false)));
        service.bean(UploadExpiry.class).purge();
        assertThat(writer.decided(SCOPE, upload.bucket(), id)).isEmpty();
    }

    private UploadConfirmation confirmation(Verifier verifier) {
        return new UploadConfirmation(
                service.bean(UploadStore.class),
                verifier,
                service.bean(ObjectWriter.class),
                service.bean(Buckets.class),
                service.bean(UploadOutcomes.class),
                service.bean(BatchedDeletes.class),
                service.bean(ObjectEvents.class),
                InstantSource.system(),
                service.bean(FaultPoints.class),
                service.bean(MissingBytesHint.class));
    }

    private static ObjectStorage hiding(ObjectStorage storage, String part) {
        return (ObjectStorage) Proxy.newProxyInstance(
                ObjectStorage.class.getClassLoader(),
                new Class<?>[] {ObjectStorage.class},
                (proxy, method, arguments) -> {
                    if (arguments != null
                            && arguments[0] instanceof ObjectKey key
                            && key.value().contains(part)) {
                        throw new StorageException(StorageException.Kind.UNAVAILABLE, null);
                    }
                    return method.invoke(storage, arguments);
                });
    }

    private static boolean isOver(@Nullable Document lock) {
        return lock != null && lock.getDate("lockUntil").toInstant().isBefore(Instant.now());
    }

    private static String putAutoConfirmed(Workspace workspace) {
        var upload = workspace.ask(Map.of("filename", "photo.jpg", "content_type", "image/jpeg", "auto_confirm", true));
        Workspace.put(upload.json(), SampleFiles.jpeg());
        return upload.at("/upload_id");
    }
}
