package dev.waybill.platform.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.local.LocalS3;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.storage.MultipartStorage;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StorageException.Kind;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Storage that is cut off is reported in time, and works again when it is back. */
class StorageOutageTests {

    private static final ObjectKey KEY = new ObjectKey("a/b");

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** A busy machine gets some grace. */
    private static final Duration SOON = Duration.ofSeconds(9);

    @TempDir
    Path folder;

    @Test
    void aServerThatStoppedIsUnavailableAndWorksAgainAfterItsRestart() {
        LocalS3 server = LocalS3.start(folder, 0);
        int port = server.port();
        StorageProperties properties =
                StorageSettings.of(server.endpoint()).attemptTimeout(PATIENCE).build();
        try (S3Client client = S3Clients.open(properties)) {
            ObjectStorage storage = new S3ObjectStorage(client, properties);
            MultipartStorage multiparts = new S3MultipartStorage(client, properties, storage);
            untilItWorks(() -> put(storage));

            server.close();
            Stream.<ThrowingCallable>of(
                            () -> storage.head(KEY),
                            () -> storage.readHead(KEY, 10),
                            () -> storage.open(KEY, null),
                            () -> put(storage),
                            () -> storage.delete(KEY),
                            () -> storage.deleteAll(List.of(KEY)),
                            () -> storage.list("", null, 10),
                            storage::check,
                            () -> multiparts.begin(KEY, "text/plain"))
                    .forEach(StorageOutageTests::assertUnavailableSoon);

            server = LocalS3.start(folder, port);
            untilItWorks(() -> assertThat(storage.head(KEY)).isPresent());
            untilItWorks(storage::check);
        } finally {
            server.close();
        }
    }

    @Test
    void aServerThatIsSilentIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            StorageProperties properties = StorageSettings.of("http://127.0.0.1:" + silent.getLocalPort())
                    .attemptTimeout(PATIENCE)
                    .build();
            try (S3Client client = S3Clients.open(properties)) {
                ObjectStorage storage = new S3ObjectStorage(client, properties);
                assertUnavailableSoon(() -> storage.head(KEY));
                assertUnavailableSoon(() -> storage.readHead(KEY, 10));
            }
        }
    }

    @Test
    void wrongCredentialsAreDeniedAndNotUnavailable() {
        try (LocalS3 server = LocalS3.start(folder, 0)) {
            StorageProperties properties = StorageSettings.of(server.endpoint())
                    .secretAccessKey("wrong")
                    .build();
            try (S3Client client = S3Clients.open(properties)) {
                assertThatThrownBy(new S3ObjectStorage(client, properties)::check)
                        .isInstanceOfSatisfying(StorageException.class, e -> {
                            assertThat(e.kind()).isEqualTo(Kind.DENIED);
                            assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_DENIED);
                        });
            }
        }
    }

    private static void put(ObjectStorage storage) {
        storage.put(KEY, new ByteArrayInputStream(new byte[3]), 3, "text/plain");
    }

    /** The patience is short, and the machine may be busy. */
    private static void untilItWorks(ThrowingRunnable request) {
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(request);
    }

    private static void assertUnavailableSoon(ThrowingCallable request) {
        long start = System.nanoTime();
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }
}
