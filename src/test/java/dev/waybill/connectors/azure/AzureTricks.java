package dev.waybill.connectors.azure;

import dev.waybill.connectors.rest.FakeServer;
import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.FakeServer.Seen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** What Azure, or something on the way to it, may do to whoever reads. */
public final class AzureTricks {

    private static final Pattern NEXT = Pattern.compile("<NextMarker>([^<]+)</NextMarker>");

    private AzureTricks() {}

    /** The marker of a listing's first page, whichever page is asked for. */
    public static void repeatsMarker(FakeAzure server) {
        AtomicReference<String> first = new AtomicReference<>("");
        server.server().first(asked -> {
            if (!isListing(asked)) {
                return null;
            }
            boolean isFirst = asked.query().computeIfPresent("marker", (name, marker) -> first.get()) == null;
            Answer page = server.serve(asked);
            Matcher next = NEXT.matcher(new String(page.body(), StandardCharsets.UTF_8));
            if (isFirst && next.find()) {
                first.set(next.group(1));
            }
            return Answer.of(page.status(), next.replaceFirst("<NextMarker>%s</NextMarker>".formatted(first.get())));
        });
    }

    /** Whatever is asked for, it begins at the beginning. */
    static void goesInCircles(FakeAzure server) {
        server.server().first(asked -> {
            asked.query().remove("marker");
            return null;
        });
    }

    /** To whoever does not ask for metadata, folders look like files. */
    static void hidesFolders(FakeAzure server) {
        server.keepsFolders();
        server.server().first(asked -> {
            asked.query().remove("include");
            return null;
        });
    }

    static void heedsNoConditions(FakeAzure server) {
        server.server().first(asked -> {
            asked.headers().remove("If-Match");
            return null;
        });
    }

    static void tellsNoVersions(FakeAzure server) {
        server.server().first(asked -> {
            if (asked.headers().remove("If-Match") == null) {
                return null;
            }
            Answer blob = server.serve(asked);
            Map<String, String> headers = new HashMap<>(blob.headers());
            headers.remove("ETag");
            return new Answer(blob.status(), headers, blob.body(), blob.length());
        });
    }

    /** As something on the way might that means well. */
    static void unpacks(FakeAzure server) {
        unpacks(server, -1);
    }

    /** The same, and says nothing of how much is to come. */
    public static void unpacksSilently(FakeAzure server) {
        unpacks(server, FakeServer.UNTOLD);
    }

    private static void unpacks(FakeAzure server, long length) {
        server.server().first(asked -> {
            Answer blob = server.serve(asked);
            if (!"gzip".equals(blob.headers().get("Content-Encoding"))) {
                return null;
            }
            Map<String, String> headers = new HashMap<>(blob.headers());
            headers.remove("Content-Encoding");
            return new Answer(200, headers, unpacked(server.bytes(asked.segment(2))), length);
        });
    }

    /** Others come in between. */
    static void changes(FakeAzure server) {
        server.server().first(asked -> {
            if (asked.headers().containsKey("If-Match")) {
                server.put(asked.segment(2), "changed");
            }
            return null;
        });
    }

    private static boolean isListing(Seen asked) {
        return asked.query().containsKey("maxresults");
    }

    private static byte[] unpacked(byte[] bytes) {
        try {
            return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
