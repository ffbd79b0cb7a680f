package dev.waybill.connectors.mux;

import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourceFile.Kind;
import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestCall;
import dev.waybill.connectors.rest.RestStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Maps each asset to its master, as far as access to it was enabled, which lasts a day: enabling it would be a write.
 * Mux does not report its size, so that is requested from the download host. It never changes, so that one that was
 * read is recognized when it is not accessible any more.
 *
 * @see <a href="https://www.mux.com/docs/guides/download-for-offline-editing">Temporary access to masters</a>
 */
record MuxMasters(MuxAccess access) implements MuxAssets {

    private static final String MASTER = "master";
    private static final Pattern TOTAL = Pattern.compile("bytes 0-0/([0-9]{1,18})");

    @Override
    public SourceFile file(JsonNode asset) {
        String id = MuxAssets.id(asset) + "/" + MASTER;
        String key = id + ".mp4";
        Obstacle obstacle = MuxAssets.obstacle(asset);
        if (obstacle == null) {
            obstacle = switch (asset.path(MASTER).path("status").asString("")) {
                case "ready" -> null;
                case "preparing" -> new Obstacle(Kind.PENDING, MASTER, "Mux is still preparing the master");
                case "errored" ->
                    new Obstacle(Kind.UNAVAILABLE, MASTER, "Mux could not make the asset's master accessible");
                default -> inaccessible();
            };
        }
        Optional<Long> size = obstacle == null ? size(asset) : Optional.empty();
        if (obstacle == null && size.isEmpty()) {
            obstacle = inaccessible();
        }
        return obstacle != null
                ? MuxAssets.unread(asset, id, key, obstacle.version(), obstacle.kind(), obstacle.note())
                : new SourceFile(
                        id,
                        key,
                        size.orElseThrow(),
                        MuxAssets.createdAt(asset),
                        MASTER,
                        Map.of(),
                        "video/mp4",
                        null,
                        Kind.FILE,
                        MuxAssets.metadata(asset),
                        null);
    }

    private static Obstacle inaccessible() {
        return new Obstacle(
                Kind.UNAVAILABLE,
                MASTER,
                "The asset's master is not accessible; allow temporary master access at Mux, which lasts 24 hours");
    }

    @Override
    public URI url(JsonNode asset) {
        return located(asset).orElseThrow();
    }

    /** The download URL; empty when there is none. It is a secret, as it grants access to the master. */
    private static Optional<URI> located(JsonNode asset) {
        try {
            URI url = new URI(asset.path(MASTER).path("url").asString(""));
            return url.getHost() != null && String.valueOf(url.getScheme()).matches("https?")
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    /** Empty when it does not exist any more. */
    private Optional<Long> size(JsonNode asset) {
        return located(asset).flatMap(this::size);
    }

    private Optional<Long> size(URI url) {
        RestStream first = access.open(RestCall.get(url).with("Range", "bytes=0-0"));
        RestAnswer answer = first.answer();
        first.hangUp();
        Optional<SourceException> failure = access.transientError(answer);
        if (failure.isPresent()) {
            throw failure.get();
        }
        Matcher total = TOTAL.matcher(String.valueOf(answer.header("content-range")));
        return answer.status() == 206 && total.matches()
                ? Optional.of(Long.parseLong(total.group(1)))
                : Optional.empty();
    }
}
