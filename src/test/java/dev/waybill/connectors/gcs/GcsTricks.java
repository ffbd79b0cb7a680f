package dev.waybill.connectors.gcs;

import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.FakeServer.Seen;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Faults of Google, or of a proxy before it, that readers may meet. */
public final class GcsTricks {

    private static final Pattern NEXT = Pattern.compile("\"nextPageToken\":\"([^\"]*)\"");

    private GcsTricks() {}

    /** Returns the token of a listing's first page with each page. */
    public static void repeatsToken(FakeGcs server) {
        AtomicReference<String> first = new AtomicReference<>("");
        server.server().first(request -> {
            if (!isListing(request)) {
                return null;
            }
            boolean isFirst = request.query().computeIfPresent("pageToken", (name, token) -> first.get()) == null;
            Answer page = server.serve(request);
            Matcher next = NEXT.matcher(new String(page.body(), StandardCharsets.UTF_8));
            if (isFirst && next.find()) {
                first.set(next.group(1));
            }
            return Answer.of(page.status(), next.replaceFirst("\"nextPageToken\":\"%s\"".formatted(first.get())));
        });
    }

    /** Each page is the first one. */
    static void goesInCircles(FakeGcs server) {
        server.server().first(request -> {
            if (!isListing(request)) {
                return null;
            }
            request.query().remove("pageToken");
            request.query().remove("startOffset");
            return server.serve(request);
        });
    }

    /** An empty page precedes each page. */
    static void returnsEmptyPages(FakeGcs server) {
        server.server().first(request -> {
            if (!isListing(request)) {
                return null;
            }
            String token = request.query().getOrDefault("pageToken", "");
            if (token.length() < 2) {
                request.query().remove("pageToken");
            } else {
                request.query().put("pageToken", token.replace("~", ""));
            }
            Answer page = server.serve(request);
            return page.status() != 200 || token.startsWith("~")
                    ? page
                    : Answer.of(200, "{\"nextPageToken\":\"~%s\"}".formatted(token));
        });
    }

    /** As for clients that do not accept gzip. */
    public static void unpacks(FakeGcs server) {
        server.server().first(request -> {
            request.headers().remove("Accept-Encoding");
            return null;
        });
    }

    /** Changes files between listing and reading. */
    static void changes(FakeGcs server) {
        server.server().first(request -> {
            if ("media".equals(request.query().get("alt"))) {
                server.put(request.segment(5), "changed");
            }
            return null;
        });
    }

    private static boolean isListing(Seen request) {
        return request.query().containsKey("maxResults");
    }
}
