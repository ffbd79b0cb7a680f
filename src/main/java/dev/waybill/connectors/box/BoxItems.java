package dev.waybill.connectors.box;

import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourceFile.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Maps Box's items (files, folders and bookmarks) to source files. */
final class BoxItems {

    /** The requested fields of each item; Box returns no others. */
    static final String FIELDS =
            "type,id,name,size,sha1,etag,file_version,modified_at,path_collection,description,item_status";

    static final String VERSION_ID = "file_version_id";
    static final String SHA1 = "sha1";

    private BoxItems() {}

    static boolean isFolder(JsonNode item) {
        return item.path("type").asString("").equals("folder");
    }

    /** Whether it exists, and is not in the trash. */
    static boolean isActive(JsonNode item) {
        String status = item.path("item_status").asString("");
        return status.isEmpty() || status.equals("active");
    }

    static String id(JsonNode item) {
        return item.path("id").asString("");
    }

    static String name(JsonNode item) {
        return item.path("name").asString("");
    }

    /** The key: the names on the path to it from a folder; null when it is not within that folder any more. */
    static @Nullable String key(String container, JsonNode item) {
        StringBuilder key = new StringBuilder();
        boolean isWithin = false;
        for (JsonNode folder : item.path("path_collection").path("entries")) {
            if (isWithin) {
                key.append(name(folder)).append('/');
            }
            isWithin |= id(folder).equals(container);
        }
        return isWithin ? key.append(name(item)).toString() : null;
    }

    /** A file or bookmark. */
    static SourceFile file(String key, JsonNode item) {
        if (!item.path("type").asString("").equals("file")) {
            return new SourceFile(
                    "web_link/" + id(item),
                    key,
                    0,
                    time(item),
                    "web_link",
                    Map.of(),
                    null,
                    null,
                    Kind.UNAVAILABLE,
                    Map.of(),
                    "It is a bookmark, which has no bytes of its own");
        }
        String description = item.path("description").asString("");
        return new SourceFile(
                id(item),
                key,
                Math.max(0, item.path("size").asLong(0)),
                time(item),
                version(item),
                facts(item),
                null,
                null,
                Kind.FILE,
                description.isEmpty() ? Map.of() : Map.of("description", description),
                null);
    }

    /** Changes with the bytes only; the ETag changes with names too. */
    static String version(JsonNode item) {
        Map<String, String> facts = facts(item);
        return facts.isEmpty() ? "etag/" + item.path("etag").asString("") : String.join("/", facts.values());
    }

    private static Map<String, String> facts(JsonNode item) {
        Map<String, String> facts = new LinkedHashMap<>();
        String version = item.path("file_version").path("id").asString("");
        if (!version.isEmpty()) {
            facts.put(VERSION_ID, version);
        }
        String sha1 = item.path("sha1").asString("");
        if (!sha1.isEmpty()) {
            facts.put(SHA1, sha1);
        }
        return facts;
    }

    private static @Nullable Instant time(JsonNode item) {
        try {
            return OffsetDateTime.parse(item.path("modified_at").asString("")).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
