package dev.waybill.uploads;

import static dev.waybill.uploads.UploadFixtures.NOW;
import static dev.waybill.uploads.UploadFixtures.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.StoreLinks;
import dev.waybill.testing.Stores;
import dev.waybill.testing.Workspace;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.data.mongodb.core.MongoOperations;

/** What becomes of uploads that nobody confirms. The grace is negative, so that everything has expired at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadExpiryTests {

    private final StoreLinks links = Stores.create().links();
    private ServiceUnderTest service;

    @BeforeAll
    void start() {
        service = ServiceUnderTest.start(
                links, Map.of("waybill.uploads.expiry-grace", "-2h", "waybill.uploads.expiry-interval", "1h"));
        // The job runs once when the service starts; what a test makes is for the test's own runs.
        await().until(() ->
                isOver(service.bean(MongoOperations.class).findById("upload-expiry", Document.class, "locks")));
    }

    @AfterAll
    void stop() {
        service.close();
        links.close();
    }

    @Test
    void whatNobodyConfirmedFailsAndLeavesNothingBehind() {
        Workspace workspace = Workspace.create(service.client());
        String never = workspace.askForJpeg().at("/upload_id");
        String put = workspace.putJpeg();
        String kept = putOneThatConfirmsItself(workspace);

        service.bean(UploadExpiry.class).expire();

        assertThat(workspace.upload(never).at("/status")).isEqualTo("FAILED");
        assertThat(workspace.upload(put).at("/status")).isEqualTo("FAILED");
        assertThat(workspace.upload(put).at("/error")).contains("expired");
        assertThat(workspace.confirm(put).status()).isEqualTo(409);
        assertThat(workspace.upload(kept).at("/status")).isEqualTo("COMPLETED");
        assertThat(workspace.objects()).isOne();
        assertThat(service.bean(ObjectStorage.class).list("", null, 1000))
                .filteredOn(file -> file.key().value().contains("/" + workspace.namespace() + "/"))
                .hasSize(1);
    }

    @Test
    void aPutThatEndsLateIsSweptToo() {
        UploadStore store = service.bean(UploadStore.class);
        ObjectStorage storage = service.bean(ObjectStorage.class);
        Upload upload = UploadFixtures.pending();
        store.insertAll(List.of(upload));
        store.settleAll(List.of(UploadStore.Settled.without(upload, TaskStatus.CANCELED, null, NOW, Instant.EPOCH)));
        putLate(storage, upload.file().key());

        service.bean(UploadExpiry.class).sweep();

        assertThat(storage.head(upload.file().key())).isEmpty();
        assertThat(store.find(SCOPE, upload.id())).isPresent();
        assertThat(store.dueForSweep(NOW.plus(Duration.ofDays(365)), 10)).isEmpty();
    }

    @Test
    void whileStorageIsAwayNothingExpires() {
        Workspace workspace = Workspace.create(service.client());
        String kept = putOneThatConfirmsItself(workspace);
        links.s3().cut();

        service.bean(UploadExpiry.class).run();

        assertThat(workspace.upload(kept).at("/status")).isEqualTo("PENDING");
        links.s3().resume();
    }

    private static boolean isOver(@Nullable Document lock) {
        return lock != null && lock.getDate("lockUntil").toInstant().isBefore(Instant.now());
    }

    private static String putOneThatConfirmsItself(Workspace workspace) {
        var upload = workspace.ask(Map.of("filename", "photo.jpg", "content_type", "image/jpeg", "auto_confirm", true));
        Workspace.put(upload.json(), SampleFiles.jpeg());
        return upload.at("/upload_id");
    }

    private static void putLate(ObjectStorage storage, ObjectKey key) {
        byte[] bytes = SampleFiles.jpeg();
        storage.put(key, new ByteArrayInputStream(bytes), bytes.length, "image/jpeg");
    }
}
