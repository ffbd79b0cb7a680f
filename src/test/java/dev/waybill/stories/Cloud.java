package dev.waybill.stories;

import dev.waybill.connectors.azure.AzureTricks;
import dev.waybill.connectors.azure.FakeAzure;
import dev.waybill.connectors.gcs.FakeGcs;
import dev.waybill.connectors.gcs.GcsTricks;
import dev.waybill.connectors.rest.FakeServer;
import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.FakeServer.Seen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A fake provider of storage that does not speak S3, for tests of syncs. */
interface Cloud {

    /** All that there are, each with nothing in it. */
    static List<Cloud> all() {
        return List.of(new Google(new FakeGcs()), new Azure(new FakeAzure()));
    }

    /** Its canonical name. */
    String provider();

    /** The settings by which the service finds it. */
    Map<String, String> settings();

    FakeServer server();

    void put(String key, byte[] bytes);

    void putPacked(String key, byte[] gzip);

    /** What stands for a folder there. @return its key */
    String putFolder(String path);

    /** A connection and a sync in one request. */
    Map<String, Object> request(String folder);

    /** Whether a request reads a file's bytes. */
    boolean isRead(Seen seen);

    /** The answer to a request with a revoked key. */
    Answer refusal();

    /** The diagnosis of the run that is stopped then. */
    String diagnosis();

    /** Every page of a listing has the first page's token. */
    void repeatTokens();

    /** Compressed files are served decompressed. */
    void unpack();

    void close();

    private static Map<String, Object> request(String provider, Map<String, Object> connection, String folder) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("provider", provider);
        request.put("connection", connection);
        request.put("sync_config", Map.of("source_path", folder, "skip_batch_submission", true));
        return request;
    }

    /** Google Cloud Storage, found by the whole key file of a service account. */
    record Google(FakeGcs fake) implements Cloud {

        @Override
        public String provider() {
            return "gcs";
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(
                    "waybill.connectors.gcs.endpoint",
                    server().endpoint(),
                    "waybill.connectors.gcs.token-endpoint",
                    server().endpoint() + "/token");
        }

        @Override
        public FakeServer server() {
            return fake.server();
        }

        @Override
        public void put(String key, byte[] bytes) {
            fake.put(key, bytes, Map.of());
        }

        @Override
        public void putPacked(String key, byte[] gzip) {
            fake.putPacked(key, gzip);
        }

        @Override
        public String putFolder(String path) {
            put(path + "/", new byte[0]);
            return path + "/";
        }

        @Override
        public Map<String, Object> request(String folder) {
            return Cloud.request(
                    "google_cloud_storage",
                    Map.of("bucket_name", FakeGcs.BUCKET, "service_account_json", FakeGcs.keyFile()),
                    folder);
        }

        @Override
        public boolean isRead(Seen seen) {
            return "media".equals(seen.query().get("alt"));
        }

        @Override
        public Answer refusal() {
            return FakeGcs.error(401, "authError", "Invalid Credentials");
        }

        @Override
        public String diagnosis() {
            return "EXPIRED_CREDENTIALS";
        }

        @Override
        public void repeatTokens() {
            GcsTricks.repeatsToken(fake);
        }

        @Override
        public void unpack() {
            GcsTricks.unpacks(fake);
        }

        @Override
        public void close() {
            fake.close();
        }

        @Override
        public String toString() {
            return provider();
        }
    }

    /** Azure Blob Storage, found by an account's key. Each of its pages comes after two empty ones. */
    record Azure(FakeAzure fake) implements Cloud {

        public Azure {
            fake.returnsEmptyPages();
        }

        @Override
        public String provider() {
            return "azure_blob";
        }

        @Override
        public Map<String, String> settings() {
            return Map.of();
        }

        @Override
        public FakeServer server() {
            return fake.server();
        }

        @Override
        public void put(String key, byte[] bytes) {
            fake.put(key, bytes, Map.of(), Map.of());
        }

        @Override
        public void putPacked(String key, byte[] gzip) {
            fake.putPacked(key, gzip);
        }

        /** One of a hierarchical namespace. */
        @Override
        public String putFolder(String path) {
            fake.put(path, new byte[0], Map.of("hdi_isfolder", "true"), Map.of());
            return path;
        }

        @Override
        public Map<String, Object> request(String folder) {
            return Cloud.request(
                    "azure",
                    Map.of(
                            "account_name",
                            FakeAzure.ACCOUNT,
                            "endpoint_url",
                            fake.endpoint(),
                            "container_name",
                            FakeAzure.CONTAINER,
                            "access_key",
                            FakeAzure.KEY),
                    folder);
        }

        @Override
        public boolean isRead(Seen seen) {
            return seen.headers().containsKey("If-Match");
        }

        @Override
        public Answer refusal() {
            return FakeAzure.error(403, "AuthenticationFailed", "not the same");
        }

        @Override
        public String diagnosis() {
            return "INVALID_CREDENTIALS";
        }

        @Override
        public void repeatTokens() {
            AzureTricks.repeatsMarker(fake);
        }

        @Override
        public void unpack() {
            AzureTricks.unpacksSilently(fake);
        }

        @Override
        public void close() {
            fake.close();
        }

        @Override
        public String toString() {
            return provider();
        }
    }
}
