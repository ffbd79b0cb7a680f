package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Puts a file's bytes to an upload's presigned URL, and reads the stored result. */
final class StagedBytes {

    /** The lock of tests that use the service: they remove staged bytes there, and count requests to storage. */
    static final String LOCK = "dev.waybill.stories.StagedBytes";

    /** What a client announces of its file. */
    enum Announced {
        NOTHING,
        SIZE,
        HASH,
        ALL;

        Map<String, Object> request(byte[] bytes) {
            Map<String, Object> request = new HashMap<>(Map.of("filename", "photo.jpg", "content_type", "image/jpeg"));
            if (this == SIZE || this == ALL) {
                request.put("file_size_bytes", bytes.length);
            }
            if (this == HASH || this == ALL) {
                request.put("file_hash", digest("SHA-256", bytes));
            }
            return request;
        }
    }

    private StagedBytes() {}

    /** One where the tests say when staged bytes are removed. */
    static ServiceUnderTest service() {
        return ServiceUnderTest.shared(Map.of("waybill.blobs.delete-interval", "24h"));
    }

    /** PUTs as the answer requires, and expects success; the ETag, without quotes. */
    static String put(Answer upload, byte[] bytes) {
        HttpResponse<byte[]> answer = Workspace.put(upload.json(), bytes);
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return answer.headers().firstValue("ETag").orElseThrow().replace("\"", "");
    }

    static int put(JsonNode required, String url, Map<String, String> more, byte[] bytes) {
        Map<String, String> headers = new LinkedHashMap<>();
        required.properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        headers.putAll(more);
        return Workspace.put(url, headers, bytes).statusCode();
    }

    static HttpResponse<byte[]> download(Workspace from, Answer named) {
        Answer object =
                from.client().get(from.path("/objects/" + named.at("/object_id") + "?return_presigned_urls=true"));
        assertThat(object.status()).as(object.text()).isEqualTo(200);
        HttpResponse<byte[]> read = Workspace.get(object.at("/blobs/0/presigned_url"));
        assertThat(read.statusCode()).isEqualTo(200);
        return read;
    }

    static ObjectKey staged(Answer upload) {
        return new ObjectKey(upload.at("/s3_key"));
    }

    static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
