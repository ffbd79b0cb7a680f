package dev.waybill.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.PutTerms;
import dev.waybill.platform.storage.s3.LocalStorage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The local S3 server refuses unsigned headers and what a policy forbids, as AWS does. */
class LocalS3Tests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String STAGED = "staging/a/photo.jpg";

    @TempDir
    static Path folder;

    private static LocalS3 strict;
    private static LocalS3 lenient;

    @BeforeAll
    static void start() {
        strict = LocalS3.start(folder.resolve("strict"), 0);
        lenient = LocalS3.lenient(folder.resolve("lenient"), 0);
    }

    @AfterAll
    static void stop() {
        strict.close();
        lenient.close();
    }

    /** With the last file of a folder the server removes the folder, which another PUT may be about to use. */
    @Test
    void concurrentPutsAndRemovalsDoNotConflict(@TempDir Path own) throws Exception {
        try (LocalStorage storage = LocalStorage.start(own, 0);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> running = Stream.of("one", "other")
                    .map(name -> new ObjectKey("staging/a/" + name + "/photo.jpg"))
                    .map(key -> threads.submit(() -> putAndRemove(storage, key)))
                    .toList();
            // Concurrent listings have whole objects only: the client refuses one with a half-deleted object.
            while (running.stream().anyMatch(each -> !each.isDone())) {
                assertThat(storage.objects().list("", null, 10)).hasSizeBetween(0, 2);
            }
            for (Future<Void> each : running) {
                each.get();
            }
            assertThat(storage.objects().list("", null, 10)).isEmpty();
        }
    }

    /** By a client without retries, as browsers and curl have none. */
    private static Void putAndRemove(LocalStorage storage, ObjectKey key) throws Exception {
        PutTerms terms = new PutTerms(key, "text/plain", Duration.ofMinutes(5), null, null, false);
        URI url = URI.create(storage.signer(InstantSource.system()).put(terms).url());
        for (int round = 0; round < 400; round++) {
            assertThat(put(url, "Content-Type", "text/plain").statusCode()).isEqualTo(200);
            storage.objects().delete(key);
        }
        return null;
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-copy-source, /waybill/secret",
        "X-Amz-Acl, public-read",
        "x-amz-meta-a, b",
        "x-amz-storage-class, GLACIER",
        "x-amz-date, 20261127T000000Z"
    })
    void headersOfS3sOwnMustBeSigned(String header, String value) throws Exception {
        try (S3Client owner = LocalS3.client(strict.endpoint())) {
            owner.putObject(b -> b.bucket(LocalS3.BUCKET).key("secret"), RequestBody.fromString("secret"));
        }
        HttpResponse<String> answer = put(url(strict, LocalS3.ACCESS_KEY_ID, STAGED), header, value);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains("<Code>AccessDenied</Code>", "headers present in the request which were not signed")
                .containsIgnoringCase("<HeadersNotSigned>" + header + "</HeadersNotSigned>");
    }

    @ParameterizedTest
    @CsvSource({
        "Cache-Control, no-store",
        "Expires, 'Fri, 27 Nov 2026 00:00:00 GMT'",
        "Content-Encoding, gzip",
        "x-amz-content-sha256, UNSIGNED-PAYLOAD"
    })
    void othersNeedNotBe(String header, String value) throws Exception {
        assertThat(put(url(strict, LocalS3.ACCESS_KEY_ID, STAGED), header, value)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aLenientOneCopiesByAnUnsignedHeader() throws Exception {
        try (S3Client owner = LocalS3.client(lenient.endpoint())) {
            owner.putObject(b -> b.bucket(LocalS3.BUCKET).key("secret"), RequestBody.fromString("secret"));
            URI url = url(lenient, LocalS3.ACCESS_KEY_ID, STAGED);
            assertThat(put(url, "x-amz-copy-source", "/waybill/secret").statusCode())
                    .isEqualTo(200);
            assertThat(owner.getObjectAsBytes(b -> b.bucket(LocalS3.BUCKET).key(STAGED))
                            .asUtf8String())
                    .isEqualTo("secret");

            URI uploads = url(lenient, LocalS3.UPLOAD_ACCESS_KEY_ID, "staging/b/photo.jpg");
            assertThat(put(uploads, "x-amz-copy-source", "/waybill/secret").statusCode())
                    .isEqualTo(403);
            assertThat(put(uploads, "x-amz-acl", "public-read").statusCode()).isEqualTo(403);
            assertThat(put(uploads, "Cache-Control", "no-store").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theUploadCredentialCanDoNothingButPutBelowStaging() throws Exception {
        assertThat(put(url(strict, LocalS3.UPLOAD_ACCESS_KEY_ID, "staging/x/ä b"), "Cache-Control", "no-store")
                        .statusCode())
                .isEqualTo(200);
        assertThat(put(url(strict, LocalS3.UPLOAD_ACCESS_KEY_ID, "final/x"), "Cache-Control", "no-store")
                        .statusCode())
                .isEqualTo(403);
        try (S3Client owner = LocalS3.client(strict.endpoint());
                S3Client uploads = LocalS3.client(
                        strict.endpoint(), LocalS3.UPLOAD_ACCESS_KEY_ID, LocalS3.UPLOAD_SECRET_ACCESS_KEY)) {
            String id = owner.createMultipartUpload(
                            b -> b.bucket(LocalS3.BUCKET).key("staging/parts"))
                    .uploadId();
            uploads.uploadPart(
                    b -> b.bucket(LocalS3.BUCKET)
                            .key("staging/parts")
                            .uploadId(id)
                            .partNumber(1),
                    RequestBody.fromString("part"));
            uploads.putObject(b -> b.bucket(LocalS3.BUCKET).key(STAGED), RequestBody.fromString("bytes"));

            assertDenied(
                    () -> uploads.getObjectAsBytes(b -> b.bucket(LocalS3.BUCKET).key(STAGED)));
            assertDenied(() -> uploads.headObject(b -> b.bucket(LocalS3.BUCKET).key(STAGED)));
            assertDenied(
                    () -> uploads.deleteObject(b -> b.bucket(LocalS3.BUCKET).key(STAGED)));
            assertDenied(() -> uploads.listObjectsV2(b -> b.bucket(LocalS3.BUCKET)));
            assertDenied(() -> uploads.createBucket(b -> b.bucket("another")));
            assertDenied(() ->
                    uploads.createMultipartUpload(b -> b.bucket(LocalS3.BUCKET).key(STAGED)));
            assertDenied(() -> uploads.copyObject(b -> b.sourceBucket(LocalS3.BUCKET)
                    .sourceKey(STAGED)
                    .destinationBucket(LocalS3.BUCKET)
                    .destinationKey("staging/b/photo.jpg")));
            assertDenied(() -> uploads.putObjectAcl(
                    b -> b.bucket(LocalS3.BUCKET).key(STAGED).acl(ObjectCannedACL.PUBLIC_READ)));
            assertDenied(() ->
                    uploads.putObject(b -> b.bucket(LocalS3.BUCKET).key("final"), RequestBody.fromString("bytes")));
        }
        try (S3Client stranger = LocalS3.client(strict.endpoint(), LocalS3.UPLOAD_ACCESS_KEY_ID, "another")) {
            assertDenied(() ->
                    stranger.putObject(b -> b.bucket(LocalS3.BUCKET).key(STAGED), RequestBody.fromString("bytes")));
        }
        try (S3Client stranger = LocalS3.client(strict.endpoint(), "nobody", "nothing")) {
            assertDenied(() -> stranger.headBucket(b -> b.bucket(LocalS3.BUCKET)));
        }
    }

    private static void assertDenied(ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }

    private static HttpResponse<String> put(URI url, String header, String value)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(url)
                        .PUT(BodyPublishers.noBody())
                        .header(header, value)
                        .build(),
                BodyHandlers.ofString());
    }

    private static URI url(LocalS3 server, String accessKey, String key) throws Exception {
        String secret =
                accessKey.equals(LocalS3.ACCESS_KEY_ID) ? LocalS3.SECRET_ACCESS_KEY : LocalS3.UPLOAD_SECRET_ACCESS_KEY;
        try (S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(URI.create(server.endpoint()))
                .region(Region.US_EAST_1)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secret)))
                .build()) {
            return presigner
                    .presignPutObject(b -> b.signatureDuration(Duration.ofMinutes(5))
                            .putObjectRequest(p -> p.bucket(LocalS3.BUCKET).key(key)))
                    .url()
                    .toURI();
        }
    }
}
