package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A consistency check over both stores: every ended upload has a row under the id derived from its own, every row its
 * bytes, every stored key an owner. Each test ends with it, for each namespace that it made.
 */
public final class Partners implements AfterEachCallback {

    private static final Set<String> OPEN = Set.of("PENDING", "PROCESSING");

    /** The stores of each service, by its port. */
    private static final Map<Integer, StoreNames> STORES = new ConcurrentHashMap<>();

    /** The namespaces that the test of this thread has made. */
    private static final ThreadLocal<Map<String, StoreNames>> MADE = ThreadLocal.withInitial(LinkedHashMap::new);

    private record StoreNames(String database, String bucket) {}

    /** Registers a service that uses these settings. */
    static void listens(URI base, Map<String, String> settings) {
        String uri = settings.get("MONGODB_URI");
        String bucket = settings.get("S3_BUCKET");
        if (uri != null && bucket != null) {
            STORES.put(base.getPort(), new StoreNames(uri.substring(uri.lastIndexOf('/') + 1), bucket));
        }
    }

    /** Registers a namespace, which is checked when the test is over. */
    static void made(URI base, String namespace) {
        StoreNames stores = STORES.get(base.getPort());
        if (stores != null) {
            MADE.get().put(namespace, stores);
        }
    }

    @Override
    public void afterEach(ExtensionContext story) {
        Map<String, StoreNames> made = Map.copyOf(MADE.get());
        MADE.get().clear();
        if (story.getExecutionException().isEmpty()) {
            made.forEach((namespace, stores) -> assertComplete(stores, namespace));
        }
    }

    /** Fails with every row and every key of the namespace that has no partner. */
    public static void assertComplete(Workspace shop) {
        StoreNames stores = STORES.get(shop.client().base().getPort());
        assertComplete(java.util.Objects.requireNonNull(stores), shop.namespace());
    }

    private static void assertComplete(StoreNames stores, String namespace) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(findings(stores, namespace)).isEmpty());
    }

    private static List<String> findings(StoreNames stores, String namespace) {
        Map<String, Document> uploads = rows(stores, "uploads", namespace, "upload_id");
        Map<String, Document> rows = rows(stores, "objects", namespace, "object_id");
        Set<String> keys = Stores.keys(stores.bucket()).stream()
                .filter(key -> key.contains("/" + namespace + "/") && !key.startsWith("staging/"))
                .collect(Collectors.toSet());
        List<String> findings = new ArrayList<>();
        Set<String> owned = new HashSet<>();
        rows(stores, "documents", namespace, "document_id")
                .values()
                .forEach(document -> owned.addAll(document.getList("files", String.class, List.of())));
        uploads.forEach((id, upload) -> {
            boolean isOpen = OPEN.contains(upload.getString("status"));
            if (!isOpen && !rows.containsKey("obj_" + id.substring("upl_".length())) && !isBornComplete(upload)) {
                findings.add("upload without a row: " + upload.toJson());
            }
        });
        rows.forEach((id, row) -> {
            check(row, uploads, findings);
            // Garbage stays until its collection.
            owned.addAll(row.getList("garbage", String.class, List.of()));
            if (Set.of("OBJECT", "FILE", "INTO").contains(row.getString("kind"))) {
                for (Document blob : row.getList("blobs", Document.class)) {
                    String key = blob.getString("storage_key");
                    owned.add(key);
                    // A marker still names a key that its object may have dropped since.
                    if (key != null && !keys.contains(key) && !"INTO".equals(row.getString("kind"))) {
                        findings.add("row without its bytes: " + row.toJson());
                    }
                }
            }
        });
        keys.stream()
                .filter(key -> !owned.contains(key))
                .forEach(key -> findings.add("bytes without an owner: " + key));
        return findings;
    }

    /** A row's upload has the status that the row decided. */
    private static void check(Document row, Map<String, Document> uploads, List<String> findings) {
        Document receipt = row.get("receipt", Document.class);
        if (receipt == null) {
            return;
        }
        Document upload = uploads.get(receipt.getString("upload_id"));
        String cause = row.get("ending", Document.class) == null
                ? "COMPLETED"
                : row.get("ending", Document.class).getString("cause").replace("DELETED", "COMPLETED");
        if (upload == null || !(cause.equals(upload.getString("status")) || isOvertaken(row, upload))) {
            findings.add("row of an upload of another end: %s, %s"
                    .formatted(row.toJson(), upload == null ? "none" : upload.toJson()));
        }
    }

    /**
     * The object that the file was for has had so many changes since that it is unknown whether the file was applied.
     */
    private static boolean isOvertaken(Document row, Document upload) {
        return "INTO".equals(row.getString("kind"))
                && "FAILED".equals(upload.getString("status"))
                && upload.getString("error").contains("can't be told");
    }

    /** Its bytes were known when it was created, so it has no row. */
    private static boolean isBornComplete(Document upload) {
        return Boolean.TRUE.equals(upload.getBoolean("duplicate")) && upload.get("verified_at") == null;
    }

    private static Map<String, Document> rows(StoreNames stores, String collection, String namespace, String id) {
        Map<String, Document> rows = new HashMap<>();
        for (Document row : Stores.mongoClient()
                .getDatabase(stores.database())
                .getCollection(collection)
                .find(new Document("namespace_id", namespace))) {
            rows.put(row.getString(id), row);
        }
        return rows;
    }
}
