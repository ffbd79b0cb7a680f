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
 * Whether everything in both stores belongs to something: uploads, what stands under the ids derived from theirs, bytes.
 * Each test of this module ends with that question, for each namespace that it made.
 */
public final class Partners implements AfterEachCallback {

    private static final Set<String> OPEN = Set.of("PENDING", "PROCESSING");

    /** Where a service has its stores, by its port. */
    private static final Map<Integer, Place> PLACES = new ConcurrentHashMap<>();

    /** The namespaces that the test of this thread has made. */
    private static final ThreadLocal<Map<String, Place>> MADE = ThreadLocal.withInitial(LinkedHashMap::new);

    private record Place(String database, String bucket) {}

    /** A service that works with these settings listens there. */
    static void listens(URI base, Map<String, String> settings) {
        String uri = settings.get("MONGODB_URI");
        String bucket = settings.get("S3_BUCKET");
        if (uri != null && bucket != null) {
            PLACES.put(base.getPort(), new Place(uri.substring(uri.lastIndexOf('/') + 1), bucket));
        }
    }

    /** A test has made a namespace: it is looked through when the test is over. */
    static void made(URI base, String namespace) {
        Place place = PLACES.get(base.getPort());
        if (place != null) {
            MADE.get().put(namespace, place);
        }
    }

    @Override
    public void afterEach(ExtensionContext story) {
        Map<String, Place> made = Map.copyOf(MADE.get());
        MADE.get().clear();
        if (story.getExecutionException().isEmpty()) {
            made.forEach((namespace, place) -> assertComplete(place, namespace));
        }
    }

    /** Fails with every row and every key of the namespace that has no partner. */
    public static void assertComplete(Workspace shop) {
        Place place = PLACES.get(shop.client().base().getPort());
        assertComplete(java.util.Objects.requireNonNull(place), shop.namespace());
    }

    private static void assertComplete(Place place, String namespace) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(alone(place, namespace)).isEmpty());
    }

    private static List<String> alone(Place place, String namespace) {
        Map<String, Document> uploads = rows(place, "uploads", namespace, "upload_id");
        Map<String, Document> rows = rows(place, "objects", namespace, "object_id");
        Set<String> keys = Stores.keys(place.bucket()).stream()
                .filter(key -> key.contains("/" + namespace + "/") && !key.startsWith("staging/"))
                .collect(Collectors.toSet());
        List<String> alone = new ArrayList<>();
        Set<String> owned = new HashSet<>();
        rows(place, "documents", namespace, "document_id")
                .values()
                .forEach(document -> owned.addAll(document.getList("files", String.class, List.of())));
        uploads.forEach((id, upload) -> {
            boolean isOpen = OPEN.contains(upload.getString("status"));
            if (!isOpen && !rows.containsKey("obj_" + id.substring("upl_".length())) && !isBornComplete(upload)) {
                alone.add("upload without a row: " + upload.toJson());
            }
        });
        rows.forEach((id, row) -> {
            check(row, uploads, alone);
            // What is to go stays until somebody comes to it.
            owned.addAll(row.getList("garbage", String.class, List.of()));
            if (Set.of("OBJECT", "FILE", "INTO").contains(row.getString("kind"))) {
                for (Document blob : row.getList("blobs", Document.class)) {
                    String key = blob.getString("storage_key");
                    owned.add(key);
                    // A marker goes on to name what its object may have given up since.
                    if (key != null && !keys.contains(key) && !"INTO".equals(row.getString("kind"))) {
                        alone.add("row without its bytes: " + row.toJson());
                    }
                }
            }
        });
        keys.stream().filter(key -> !owned.contains(key)).forEach(key -> alone.add("bytes without an owner: " + key));
        return alone;
    }

    /** A row's upload has the end that the row says. */
    private static void check(Document row, Map<String, Document> uploads, List<String> alone) {
        Document receipt = row.get("receipt", Document.class);
        if (receipt == null) {
            return;
        }
        Document upload = uploads.get(receipt.getString("upload_id"));
        String cause = row.get("ending", Document.class) == null
                ? "COMPLETED"
                : row.get("ending", Document.class).getString("cause").replace("DELETED", "COMPLETED");
        if (upload == null || !(cause.equals(upload.getString("status")) || isOvertaken(row, upload))) {
            alone.add("row of an upload of another end: %s, %s"
                    .formatted(row.toJson(), upload == null ? "none" : upload.toJson()));
        }
    }

    /** The object that the file was for went on so far that nobody can tell whether it was given it. */
    private static boolean isOvertaken(Document row, Document upload) {
        return "INTO".equals(row.getString("kind"))
                && "FAILED".equals(upload.getString("status"))
                && upload.getString("error").contains("can't be told");
    }

    /** Its bytes were known before it was made. */
    private static boolean isBornComplete(Document upload) {
        return Boolean.TRUE.equals(upload.getBoolean("duplicate")) && upload.get("verified_at") == null;
    }

    private static Map<String, Document> rows(Place place, String collection, String namespace, String id) {
        Map<String, Document> rows = new HashMap<>();
        for (Document row : Stores.mongoClient()
                .getDatabase(place.database())
                .getCollection(collection)
                .find(new Document("namespace_id", namespace))) {
            rows.put(row.getString(id), row);
        }
        return rows;
    }
}
