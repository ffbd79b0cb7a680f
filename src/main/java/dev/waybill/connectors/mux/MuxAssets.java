package dev.waybill.connectors.mux;

import dev.waybill.connectors.SourceFile;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Maps an asset to its file: one, whether or not that can be read yet. */
interface MuxAssets {

    /** The file as a listing shows it. */
    SourceFile file(JsonNode asset);

    /** The URL of the bytes of a readable file. */
    URI url(JsonNode asset);

    /**
     * Whether it is the listed one, by what changes with its bytes.
     *
     * @param now what {@link #file} made of the asset now
     */
    static boolean isSame(SourceFile listed, SourceFile now) {
        return listed.id().equals(now.id()) && listed.version().equals(now.version());
    }

    static String id(JsonNode asset) {
        return asset.path("id").asString("");
    }

    static String status(JsonNode asset) {
        return asset.path("status").asString("");
    }

    /** Mux sends Unix seconds as text. */
    static @Nullable Instant createdAt(JsonNode asset) {
        String seconds = asset.path("created_at").asString("");
        return seconds.matches("[0-9]{1,11}") ? Instant.ofEpochSecond(Long.parseLong(seconds)) : null;
    }

    /** The metadata of users and Mux; names are dotted and in lower case. */
    static Map<String, String> metadata(JsonNode asset) {
        Map<String, String> metadata = new TreeMap<>();
        for (String name : new String[] {"passthrough", "duration", "aspect_ratio", "resolution_tier"}) {
            put(metadata, name, asset.path(name));
        }
        for (String name : new String[] {"title", "external_id", "creator_id"}) {
            put(metadata, "meta." + name, asset.path("meta").path(name));
        }
        return metadata;
    }

    private static void put(Map<String, String> metadata, String name, JsonNode value) {
        String text = value.asString("");
        if (!text.isEmpty()) {
            metadata.put(name, text);
        }
    }

    /** A file whose bytes cannot be read now. */
    static SourceFile unread(JsonNode asset, String id, String key, String version, SourceFile.Kind kind, String note) {
        return new SourceFile(id, key, 0, createdAt(asset), version, Map.of(), null, null, kind, metadata(asset), note);
    }

    /** Why an asset has nothing to read; null when it may have. */
    static @Nullable Obstacle obstacle(JsonNode asset) {
        return switch (status(asset)) {
            case "ready" -> null;
            case "errored" -> {
                String type = asset.path("errors").path("type").asString("");
                yield new Obstacle(
                        SourceFile.Kind.UNAVAILABLE,
                        "errored",
                        "Mux could not process the asset%s; upload it again"
                                .formatted(type.matches("[a-z_]{1,60}") ? " (" + type + ")" : ""));
            }
            default -> new Obstacle(SourceFile.Kind.PENDING, "preparing", "Mux is still preparing the asset");
        };
    }

    /** @param version the version of the file while it is unreadable for this reason */
    record Obstacle(SourceFile.Kind kind, String version, String note) {}
}
