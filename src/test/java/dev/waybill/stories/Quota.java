package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** An organization with a storage quota, and files of exactly so many bytes. */
final class Quota {

    private final String key;
    private final Workspace shop;

    private Quota(String key, Workspace shop) {
        this.key = key;
        this.shop = shop;
    }

    /** Founds the organization, with a namespace and the usual bucket. */
    static Quota of(long bytes, WaybillClient operator) {
        String key = key(bytes, operator);
        return new Quota(key, Workspace.create(operator.withKey(key)));
    }

    /** Founds the organization; its administrator's key. */
    static String key(long bytes, WaybillClient operator) {
        Answer founded = operator.post(
                "/v1/organizations",
                Map.of(
                        "organization_name",
                        "small",
                        "plan",
                        "enterprise",
                        "storage_quota_bytes",
                        bytes,
                        "admin_email",
                        "admin-%s@example.com".formatted(UUID.randomUUID())));
        assertThat(founded.status()).as(founded.text()).isEqualTo(200);
        return founded.at("/api_key/key");
    }

    String key() {
        return key;
    }

    Workspace shop() {
        return shop;
    }

    /** The same organization through another instance. */
    Quota through(WaybillClient other) {
        return new Quota(key, shop.through(other.withKey(key)));
    }

    /** Another bucket of it. */
    Quota in(Workspace other) {
        return new Quota(key, other);
    }

    static byte[] text(int bytes) {
        return string(bytes).getBytes(StandardCharsets.US_ASCII);
    }

    /** A random one. */
    static String string(int length) {
        String begin = UUID.randomUUID() + " ";
        return (begin + "x".repeat(length)).substring(0, length);
    }

    /** Requests an upload of a text. @param bytes null when its size is not announced */
    Answer ask(Integer bytes) {
        return ask(bytes, Map.of());
    }

    Answer ask(Integer bytes, Map<String, ?> more) {
        Map<String, Object> request = new HashMap<>(
                Map.of("filename", "a.txt", "content_type", "text/plain", "blob_property", "product_text"));
        if (bytes != null) {
            request.put("file_size_bytes", bytes);
        }
        request.putAll(more);
        return shop.ask(request);
    }

    /** Requests an upload, and puts a text of so many bytes; the upload's id. */
    String put(Integer announced, int bytes) {
        return put(announced, text(bytes));
    }

    String put(Integer announced, byte[] bytes) {
        Answer upload = ask(announced);
        assertThat(upload.status()).as(upload.text()).isEqualTo(200);
        assertThat(Workspace.put(upload.json(), bytes).statusCode()).isEqualTo(200);
        return upload.at("/upload_id");
    }

    /** Makes an object of a text. */
    Answer create(int bytes) {
        return create(string(bytes));
    }

    Answer create(String text) {
        return shop.client().post(shop.path("/objects"), Map.of("blobs", List.of(blob(text))));
    }

    static Map<String, Object> blob(String text) {
        return Map.of("property", "product_text", "type", "text", "data", text);
    }

    Answer usage() {
        Answer usage = shop.client().get("/v1/organizations/usage");
        assertThat(usage.status()).as(usage.text()).isEqualTo(200);
        return usage;
    }

    /** Asserts how many bytes are used, and how many reserved. */
    void assertHeld(long used, long reserved) {
        JsonNode usage = usage().json();
        assertThat(List.of(
                        usage.at("/used_bytes").asLong(),
                        usage.at("/reserved_bytes").asLong()))
                .as(usage.toString())
                .isEqualTo(List.of(used, reserved));
    }

    static Answer assertFull(Answer refused) {
        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(refused.at("/error/type")).isEqualTo("QuotaExceededError");
        assertThat(refused.at("/error/details/resource")).isEqualTo("storage_bytes");
        assertThat(refused.at("/error/message"))
                .contains("storage quota", "used", "reserved", "Delete objects or cancel open uploads");
        return refused;
    }
}
