package dev.waybill.platform.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.PresignedUrl;
import dev.waybill.platform.storage.PutTerms;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.platform.storage.UrlSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Presigned URLs as clients use them: plain HTTP requests against the S3 servers that check what is signed. */
@ParameterizedClass(name = "on {0}")
@EnumSource(names = {"EMBEDDED", "MINIO"})
class PresignedUrlTests {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final byte[] BYTES = "the bytes".getBytes(StandardCharsets.UTF_8);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final LocalStorage local;
    private final UrlSigner signer;

    PresignedUrlTests(S3Servers server) {
        local = server.storage();
        signer = local.signer(InstantSource.system());
    }

    @Test
    void theRightPutIsTakenAndComesBack() throws Exception {
        ObjectKey key = newKey("photo.jpg");
        PresignedUrl put = signer.put(new PutTerms(key, "image/jpeg", HOUR, (long) BYTES.length, null, false));
        assertThat(put.requiredHeaders())
                .containsExactly(Map.entry("Content-Type", "image/jpeg"), Map.entry("Content-Length", "9"));

        HttpResponse<String> answer = put(put, BYTES);

        assertThat(answer.statusCode()).isEqualTo(200);
        StoredObject stored = local.objects().head(key).orElseThrow();
        assertThat(stored.contentType()).isEqualTo("image/jpeg");
        assertThat(stored.size()).isEqualTo(BYTES.length);
        assertThat(stored.etag().matches(answer.headers().firstValue("ETag").orElseThrow()))
                .isTrue();
        assertThat(get(signer.get(key, HOUR, null)).body()).isEqualTo(BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b.txt", "ä+ö 100%.txt", "日本語😀.pdf", "it's (1) ~*&=#?.txt"})
    void awkwardNamesWork(String name) throws Exception {
        ObjectKey key = newKey(name);
        PresignedUrl put = signer.put(new PutTerms(key, "text/plain; charset=utf-8", HOUR, null, null, false));
        assertThat(put(put, BYTES).statusCode()).isEqualTo(200);
        assertThat(local.objects().head(key)).isPresent();

        HttpResponse<byte[]> got = get(signer.get(key, HOUR, name));
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo(BYTES);
        assertThat(got.headers().firstValue("Content-Disposition")).hasValue(DownloadName.contentDisposition(name));
    }

    @Test
    void anotherContentTypeIsRefused() throws Exception {
        ObjectKey key = newKey("a.jpg");
        PresignedUrl put = signer.put(new PutTerms(key, "image/jpeg", HOUR, null, null, false));
        HttpRequest wrong = HttpRequest.newBuilder(URI.create(put.url()))
                .header("Content-Type", "text/html")
                .PUT(BodyPublishers.ofByteArray(BYTES))
                .build();
        assertThat(send(wrong).statusCode()).isEqualTo(403);
        assertThat(local.objects().head(key)).isEmpty();
    }

    @Test
    void anotherLengthIsRefused() throws Exception {
        ObjectKey key = newKey("a.jpg");
        PresignedUrl put = signer.put(new PutTerms(key, "image/jpeg", HOUR, 10L, null, false));
        assertThat(put(put, BYTES).statusCode()).isEqualTo(403);
        assertThat(local.objects().head(key)).isEmpty();
    }

    @Test
    void otherBytesThanTheSignedHashAreRefused() throws Exception {
        ObjectKey key = newKey("a.jpg");
        String hash = sha256(BYTES);
        PresignedUrl put = signer.put(new PutTerms(key, "image/jpeg", HOUR, (long) BYTES.length, hash, false));
        assertThat(put.requiredHeaders()).containsKey("x-amz-checksum-sha256");

        assertThat(put(put, "THE BYTES".getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(400);
        assertThat(local.objects().head(key)).isEmpty();

        assertThat(put(put, BYTES).statusCode()).isEqualTo(200);
        assertThat(local.objects().head(key).orElseThrow().sha256()).isEqualTo(hash);
        assertThat(local.objects().readHead(key, 4).orElseThrow().object().sha256())
                .isNull();
    }

    @Test
    void aSecondPutOfASealedUrlIsRefused() throws Exception {
        ObjectKey key = newKey("a.jpg");
        PresignedUrl put = signer.put(new PutTerms(key, "image/jpeg", HOUR, null, null, true));
        assertThat(put.requiredHeaders()).containsEntry("If-None-Match", "*");
        assertThat(put(put, BYTES).statusCode()).isEqualTo(200);
        assertThat(put(put, "other bytes".getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(412);
        assertThat(get(signer.get(key, HOUR, null)).body()).isEqualTo(BYTES);
    }

    @Test
    void aSignedHeaderThatIsLeftOutIsMissed() throws Exception {
        ObjectKey key = newKey("a.jpg");
        PresignedUrl put = signer.put(new PutTerms(key, "image/jpeg", HOUR, null, sha256(BYTES), true));
        HttpRequest bare = HttpRequest.newBuilder(URI.create(put.url()))
                .header("Content-Type", "image/jpeg")
                .PUT(BodyPublishers.ofByteArray(BYTES))
                .build();
        assertThat(send(bare).statusCode()).isIn(400, 403);
        assertThat(local.objects().head(key)).isEmpty();
    }

    @Test
    void anExpiredUrlIsRefused() throws Exception {
        ObjectKey key = newKey("a.jpg");
        UrlSigner past = local.signer(InstantSource.fixed(Instant.now().minus(Duration.ofMinutes(10))));
        PresignedUrl put = past.put(new PutTerms(key, "image/jpeg", Duration.ofMinutes(9), null, null, false));
        assertThat(put(put, BYTES).statusCode()).isEqualTo(403);
        assertThat(local.objects().head(key)).isEmpty();
        PresignedUrl valid = past.put(new PutTerms(key, "image/jpeg", Duration.ofMinutes(20), null, null, false));
        assertThat(put(valid, BYTES).statusCode()).isEqualTo(200);
    }

    @Test
    void aUrlIsGoodForItsOwnKeyAndMethodOnly() throws Exception {
        ObjectKey key = newKey("a.jpg");
        PresignedUrl put = signer.put(new PutTerms(key, "image/jpeg", HOUR, null, null, false));
        assertThat(put(put, BYTES).statusCode()).isEqualTo(200);
        assertThat(get(put).statusCode()).isEqualTo(403);
        PresignedUrl get = signer.get(key, HOUR, null);
        HttpRequest elsewhere = HttpRequest.newBuilder(URI.create(get.url().replace("a.jpg", "b.jpg")))
                .build();
        assertThat(send(elsewhere).statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> put(PresignedUrl url, byte[] bytes) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url.url())).PUT(BodyPublishers.ofByteArray(bytes));
        url.requiredHeaders().forEach((name, value) -> {
            if (!name.equals("Content-Length")) { // this client, like browsers, sets it by itself
                request.header(name, value);
            }
        });
        return send(request.build());
    }

    private static HttpResponse<byte[]> get(PresignedUrl url) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url.url())).build(), BodyHandlers.ofByteArray());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private static ObjectKey newKey(String name) {
        return new ObjectKey("presigned/" + UUID.randomUUID() + "/" + name);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
