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

/** Faults of Azure, or of a proxy before it, that readers may meet. */
public final class AzureTricks {

    private static final Pattern NEXT = Pattern.compile("<NextMarker>([^<]+)</NextMarker>");

    private AzureTricks() {}

    /** Returns the marker of a listing's first page with each page. */
    public static void repeatsMarker(FakeAzure server) {
        AtomicReference<String> first = new AtomicReference<>("");
        server.server().first(request -> {
            if (!isListing(request)) {
                return null;
            }
            boolean isFirst = request.query().computeIfPresent("marker", (name, marker) -> first.get()) == null;
            Answer page = server.serve(request);
            Matcher next = NEXT.matcher(new String(page.body(), StandardCharsets.UTF_8));
            if (isFirst && next.find()) {
                first.set(next.group(1));
            }
            return Answer.of(page.status(), next.replaceFirst("<NextMarker>%s</NextMarker>".formatted(first.get())));
        });
    }

    /** Each page is the first one. */
    static void goesInCircles(FakeAzure server) {
        server.server().first(request -> {
            request.query().remove("marker");
            return null;
        });
    }

    /** Without a request for metadata, folders look like files. */
    static void hidesFolders(FakeAzure server) {
        server.keepsFolders();
        server.server().first(request -> {
            request.query().remove("include");
            return null;
        });
    }

    static void heedsNoConditions(FakeAzure server) {
        server.server().first(request -> {
            request.headers().remove("If-Match");
            return null;
        });
    }

    static void tellsNoVersions(FakeAzure server) {
        server.server().first(request -> {
            if (request.headers().remove("If-Match") == null) {
                return null;
            }
            Answer blob = server.serve(request);
            Map<String, String> headers = new HashMap<>(blob.headers());
            headers.remove("ETag");
            return new Answer(blob.status(), headers, blob.body(), blob.length());
        });
    }

    /** Decompresses, as a proxy might. */
    static void unpacks(FakeAzure server) {
        unpacks(server, -1);
    }

    /** The same without a Content-Length. */
    public static void unpacksSilently(FakeAzure server) {
        unpacks(server, FakeServer.UNKNOWN);
    }

    private static void unpacks(FakeAzure server, long length) {
        server.server().first(request -> {
            Answer blob = server.serve(request);
            if (!"gzip".equals(blob.headers().get("Content-Encoding"))) {
                return null;
            }
            Map<String, String> headers = new HashMap<>(blob.headers());
            headers.remove("Content-Encoding");
            return new Answer(200, headers, unpacked(server.bytes(request.segment(2))), length);
        });
    }

    /** Changes files between listing and reading. */
    static void changes(FakeAzure server) {
        server.server().first(request -> {
            if (request.headers().containsKey("If-Match")) {
                server.put(request.segment(2), "changed");
            }
            return null;
        });
    }

    private static boolean isListing(Seen request) {
        return request.query().containsKey("maxresults");
    }

    private static byte[] unpacked(byte[] bytes) {
        try {
            return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
