package dev.waybill.connectors.gcs;

import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.FakeServer.Seen;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Google, or something on the way to it, may do to whoever reads. */
public final class GcsTricks {

    private static final Pattern NEXT = Pattern.compile("\"nextPageToken\":\"([^\"]*)\"");

    private GcsTricks() {}

    /** The token of a listing's first page, whichever page is asked for. */
    public static void repeatsToken(FakeGcs server) {
        AtomicReference<String> first = new AtomicReference<>("");
        server.server().first(asked -> {
            if (!isListing(asked)) {
                return null;
            }
            boolean isFirst = asked.query().computeIfPresent("pageToken", (name, token) -> first.get()) == null;
            Answer page = server.serve(asked);
            Matcher next = NEXT.matcher(new String(page.body(), StandardCharsets.UTF_8));
            if (isFirst && next.find()) {
                first.set(next.group(1));
            }
            return Answer.of(page.status(), next.replaceFirst("\"nextPageToken\":\"%s\"".formatted(first.get())));
        });
    }

    /** Whatever is asked for, it begins at the beginning. */
    static void goesInCircles(FakeGcs server) {
        server.server().first(asked -> {
            if (!isListing(asked)) {
                return null;
            }
            asked.query().remove("pageToken");
            asked.query().remove("startOffset");
            return server.serve(asked);
        });
    }

    /** Before each page there is one without files. */
    static void tellsEmptyPages(FakeGcs server) {
        server.server().first(asked -> {
            if (!isListing(asked)) {
                return null;
            }
            String token = asked.query().getOrDefault("pageToken", "");
            if (token.length() < 2) {
                asked.query().remove("pageToken");
            } else {
                asked.query().put("pageToken", token.replace("~", ""));
            }
            Answer page = server.serve(asked);
            return page.status() != 200 || token.startsWith("~")
                    ? page
                    : Answer.of(200, "{\"nextPageToken\":\"~%s\"}".formatted(token));
        });
    }

    /** As for whoever does not say that it takes gzip. */
    public static void unpacks(FakeGcs server) {
        server.server().first(asked -> {
            asked.headers().remove("Accept-Encoding");
            return null;
        });
    }

    /** Others come in between. */
    static void changes(FakeGcs server) {
        server.server().first(asked -> {
            if ("media".equals(asked.query().get("alt"))) {
                server.put(asked.segment(5), "changed");
            }
            return null;
        });
    }

    private static boolean isListing(Seen asked) {
        return asked.query().containsKey("maxResults");
    }
}
