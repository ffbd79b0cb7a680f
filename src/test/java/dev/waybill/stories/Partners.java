package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoOperations;

/** Whether everything in both stores belongs to something: uploads, what stands under the ids derived from theirs, bytes. */
final class Partners {

    private static final Set<String> OPEN = Set.of("PENDING", "PROCESSING");

    private Partners() {}

    /** Fails with every row and every key of the namespace that has no partner. */
    static void assertComplete(ServiceUnderTest service, Workspace shop) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(alone(service, shop)).isEmpty());
    }

    private static List<String> alone(ServiceUnderTest service, Workspace shop) {
        Map<String, Document> uploads = rows(service, "uploads", shop, "upload_id");
        Map<String, Document> rows = rows(service, "objects", shop, "object_id");
        Set<String> keys = service.bean(ObjectStorage.class).list("", null, 1000).stream()
                .map(stored -> stored.key().value())
                .filter(key -> key.contains("/" + shop.namespace() + "/"))
                .collect(Collectors.toSet());
        List<String> alone = new ArrayList<>();
        Set<String> owned = new HashSet<>();
        uploads.forEach((id, upload) -> {
            if (OPEN.contains(upload.getString("status"))) {
                owned.add(upload.getString("s3_key"));
            } else if (!rows.containsKey("obj_" + id.substring("upl_".length())) && !isBornComplete(upload)) {
                alone.add("upload without a row: " + upload.toJson());
            }
        });
        rows.forEach((id, row) -> {
            check(row, uploads, alone);
            if (Set.of("OBJECT", "FILE").contains(row.getString("kind"))) {
                for (Document blob : row.getList("blobs", Document.class)) {
                    String key = blob.getString("storage_key");
                    owned.add(key);
                    if (key != null && !keys.contains(key)) {
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

    private static Map<String, Document> rows(ServiceUnderTest service, String collection, Workspace shop, String id) {
        Map<String, Document> rows = new HashMap<>();
        for (Document row : service.bean(MongoOperations.class)
                .getCollection(collection)
                .find(new Document("namespace_id", shop.namespace()))) {
            rows.put(row.getString(id), row);
        }
        return rows;
    }
}
