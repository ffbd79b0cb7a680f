package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.local.LocalS3;
import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import dev.waybill.testing.Workspace;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On an S3 server that accepts unsigned {@code x-amz-*} headers, the credential that can do nothing but PUT keeps other
 * tenants' bytes from whoever has a URL, and confirm drops whatever other headers were sent.
 */
class LenientStorageStoryTests {

    @TempDir
    static Path folder;

    private static LocalS3 lenient;
    private static ServiceUnderTest service;

    private final Workspace shop = workspace();

    @BeforeAll
    static void start() {
        lenient = LocalS3.lenient(folder, 0);
        service = ServiceUnderTest.start(
                Stores.create(),
                Map.of(
                        "S3_ENDPOINT",
                        lenient.endpoint(),
                        "S3_PUBLIC_ENDPOINT",
                        lenient.endpoint(),
                        "S3_BUCKET",
                        LocalS3.BUCKET,
                        "S3_UPLOAD_ACCESS_KEY_ID",
                        LocalS3.UPLOAD_ACCESS_KEY_ID,
                        "S3_UPLOAD_SECRET_ACCESS_KEY",
                        LocalS3.UPLOAD_SECRET_ACCESS_KEY));
    }

    @AfterAll
    static void stop() {
        service.close();
        lenient.close();
    }

    @Test
    void anUploadsUrlCopiesNothingOfAnotherTenant() {
        Workspace victim = workspace();
        byte[] secret = SampleFiles.jpeg();
        Answer theirs = victim.askForJpeg();
        assertThat(Workspace.put(theirs.json(), secret).statusCode()).isEqualTo(200);
        Answer object = victim.confirm(theirs.at("/upload_id"));
        String key = victim.upload(theirs.at("/upload_id")).at("/s3_key");
        Answer upload = shop.askForJpeg();

        assertThat(put(upload, Map.of("x-amz-copy-source", "/" + LocalS3.BUCKET + "/" + key), new byte[0]))
                .isEqualTo(403);

        assertThat(shop.confirm(upload.at("/upload_id")).status()).isEqualTo(404);
        assertThat(download(victim, object).body()).isEqualTo(secret);
    }

    @Test
    void headersOfStoragesOwnDoNotSurviveTheConfirm() {
        byte[] photo = SampleFiles.jpeg();
        Answer upload = shop.askForJpeg();
        assertThat(put(upload, Map.of("x-amz-acl", "public-read"), photo)).isEqualTo(403);
        assertThat(put(
                        upload,
                        Map.of(
                                "x-amz-meta-note",
                                "mine",
                                "x-amz-storage-class",
                                "STANDARD_IA",
                                "Cache-Control",
                                "no-store"),
                        photo))
                .isEqualTo(200);

        Answer confirmed = shop.confirm(upload.at("/upload_id"));

        assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
        HttpResponse<byte[]> read = download(shop, confirmed);
        assertThat(read.body()).isEqualTo(photo);
        assertThat(read.headers().firstValue("x-amz-meta-note")).isEmpty();
        assertThat(read.headers().firstValue("Cache-Control")).isEmpty();
        assertThat(read.headers().firstValue("x-amz-storage-class").orElse("STANDARD"))
                .isEqualTo("STANDARD");
        String bare = read.uri().toString();
        assertThat(Workspace.get(bare.substring(0, bare.indexOf('?'))).statusCode())
                .isEqualTo(403);
    }

    /** The bucket is none of those that are checked after a test. */
    private static Workspace workspace() {
        String name = "lenient-" + UUID.randomUUID();
        String namespace = Tenant.namespace(service.client(), name);
        String bucket = Tenant.bucket(service.client().withNamespace(name), "bucket-" + name);
        return Workspace.of(service.client().withNamespace(name), namespace, bucket);
    }

    private static int put(Answer upload, Map<String, String> more, byte[] bytes) {
        Map<String, String> headers = new LinkedHashMap<>();
        upload.json()
                .at("/required_headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        headers.putAll(more);
        return Workspace.put(upload.at("/presigned_url"), headers, bytes).statusCode();
    }

    private static HttpResponse<byte[]> download(Workspace from, Answer confirmed) {
        Answer object =
                from.client().get(from.path("/objects/" + confirmed.at("/object_id") + "?return_presigned_urls=true"));
        return Workspace.get(object.at("/blobs/0/presigned_url"));
    }
}
