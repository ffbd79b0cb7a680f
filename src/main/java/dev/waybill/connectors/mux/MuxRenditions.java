package dev.waybill.connectors.mux;

import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourceFile.Kind;
import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Maps each asset to a static rendition. Where the highest one is wanted and none has that name, it is the largest of
 * those that older assets have.
 *
 * @param rendition its name without the extension
 * @see <a href="https://www.mux.com/docs/guides/enable-static-mp4-renditions">Static renditions, and the older ones</a>
 */
record MuxRenditions(String rendition, URI stream, MuxSigner signer) implements MuxAssets {

    private static final String HIGHEST = "highest";
    private static final String AUDIO = "audio";

    @Override
    public SourceFile file(JsonNode asset) {
        String id = MuxAssets.id(asset) + "/" + rendition;
        Obstacle obstacle = MuxAssets.obstacle(asset);
        Optional<JsonNode> found = chosen(asset);
        String name = found.map(MuxRenditions::name).orElse(rendition + (rendition.equals(AUDIO) ? ".m4a" : ".mp4"));
        String key = MuxAssets.id(asset) + "/" + name;
        if (obstacle == null) {
            obstacle = found.isPresent() ? obstacle(asset, found.get()) : missing();
        }
        if (obstacle != null) {
            return MuxAssets.unread(asset, id, key, obstacle.version(), obstacle.kind(), obstacle.note());
        }
        JsonNode chosen = found.orElseThrow();
        long size = size(chosen);
        String rendered = chosen.path("id").asString(name);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("rendition_id", rendered);
        facts.put("rendition", name);
        return new SourceFile(
                id,
                key,
                size,
                MuxAssets.createdAt(asset),
                rendered + "/" + size,
                facts,
                name.endsWith(".m4a") ? "audio/mp4" : "video/mp4",
                null,
                Kind.FILE,
                MuxAssets.metadata(asset),
                null);
    }

    @Override
    public URI url(JsonNode asset) {
        String name = chosen(asset).map(MuxRenditions::name).orElseThrow();
        Optional<String> open = playback(asset, "public");
        String id = open.or(() -> playback(asset, "signed")).orElseThrow();
        return stream.resolve("/" + id + "/" + name + (open.isPresent() ? "" : signer.query(id)));
    }

    private Optional<JsonNode> chosen(JsonNode asset) {
        JsonNode files = asset.path("static_renditions").path("files");
        Optional<JsonNode> named = StreamSupport.stream(files.spliterator(), false)
                .filter(file -> name(file).matches("[a-z0-9-]{1,40}\\.(mp4|m4a)"))
                .filter(file -> name(file).startsWith(rendition + "."))
                .findFirst();
        return named.isPresent() || !rendition.equals(HIGHEST)
                ? named
                : StreamSupport.stream(files.spliterator(), false)
                        .filter(file -> name(file).matches("[a-z0-9-]{1,40}\\.mp4"))
                        .max(Comparator.comparingLong(
                                        (JsonNode file) -> file.path("height").asLong(0))
                                .thenComparingLong(file -> file.path("bitrate").asLong(0)));
    }

    private static String name(JsonNode file) {
        return file.path("name").asString("");
    }

    private Obstacle missing() {
        return new Obstacle(
                Kind.UNAVAILABLE,
                "no-rendition",
                "The asset has no static rendition '%s'; add it at Mux, or set rendition to one that it has"
                        .formatted(rendition));
    }

    private @Nullable Obstacle obstacle(JsonNode asset, JsonNode file) {
        // Older assets have one status for all of them.
        String status = file.path("status")
                .asString(asset.path("static_renditions").path("status").asString(""));
        return switch (status) {
            case "ready" ->
                size(file) < 0
                        ? new Obstacle(Kind.PENDING, "no-size", "Mux does not tell yet how large the rendition is")
                        : playback(asset);
            case "skipped" ->
                new Obstacle(
                        Kind.UNAVAILABLE,
                        "skipped",
                        "Mux skipped the rendition '%s', as the asset has less than that; set rendition to one that it has"
                                .formatted(rendition));
            case "errored" ->
                new Obstacle(
                        Kind.UNAVAILABLE,
                        "rendition-errored",
                        "Mux could not make the rendition '%s'; delete it there and add it again".formatted(rendition));
            default ->
                new Obstacle(
                        Kind.PENDING,
                        "rendition-preparing",
                        "Mux is still preparing the rendition '%s'".formatted(rendition));
        };
    }

    private @Nullable Obstacle playback(JsonNode asset) {
        if (playback(asset, "public").isPresent()) {
            return null;
        }
        if (playback(asset, "signed").isPresent()) {
            return signer.signs()
                    ? null
                    : new Obstacle(
                            Kind.UNAVAILABLE,
                            "signed",
                            "The asset is played by signed URLs only; give playback_signing_key_id and"
                                    + " playback_signing_private_key");
        }
        return playback(asset, "drm").isPresent()
                ? new Obstacle(
                        Kind.UNAVAILABLE,
                        "drm",
                        "The asset is protected by DRM, so no rendition can be downloaded; add a public or signed playback id")
                : new Obstacle(
                        Kind.UNAVAILABLE,
                        "no-playback",
                        "The asset has no playback id, so nothing of it is delivered; add one at Mux");
    }

    private static Optional<String> playback(JsonNode asset, String policy) {
        return StreamSupport.stream(asset.path("playback_ids").spliterator(), false)
                .filter(playback -> playback.path("policy").asString("").equals(policy))
                .map(playback -> playback.path("id").asString(""))
                .filter(id -> id.matches("[A-Za-z0-9]{1,100}"))
                .findFirst();
    }

    /** Mux sends the size as text; less than 0 when there is none. */
    private static long size(JsonNode file) {
        String size = file.path("filesize").asString("");
        return size.matches("[0-9]{1,18}") ? Long.parseLong(size) : -1;
    }
}
