package dev.waybill.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP client of a running service, like those in the field. Immutable; may be shared by threads. */
public final class WaybillClient {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    private final URI base;
    private final Map<String, String> headers;

    private WaybillClient(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    /** A client without a key. */
    public static WaybillClient of(URI base) {
        return new WaybillClient(base, Map.of());
    }

    /** Where its service listens. */
    URI base() {
        return base;
    }

    public WaybillClient withKey(String apiKey) {
        return with("Authorization", "Bearer " + apiKey);
    }

    public WaybillClient withNamespace(String idOrName) {
        return with("X-Namespace", idOrName);
    }

    /** A client that sends this header with everything, too. */
    public WaybillClient with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new WaybillClient(base, more);
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** Without a body and without a content type. */
    public Answer post(String path) {
        return send("POST", path, null);
    }

    /** @param body JSON as a String goes out as it is; anything else is written as JSON */
    public Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    /** @param body JSON as a String goes out as it is; anything else is written as JSON */
    public Answer put(String path, Object body) {
        return send("PUT", path, body);
    }

    /** @param body JSON as a String goes out as it is; anything else is written as JSON */
    public Answer patch(String path, Object body) {
        return send("PATCH", path, body);
    }

    /** Any method; a null body sends none. */
    public Answer send(String method, String path, @Nullable Object body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).method(method, publisher(body));
        if (body != null && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        try {
            Answer answer = Answer.of(HTTP.send(request.build(), BodyHandlers.ofString()));
            Confidential.scan("the answer to %s %s".formatted(method, path), answer.text());
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("%s %s was not answered".formatted(method, base.resolve(path)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static BodyPublisher publisher(@Nullable Object body) {
        return switch (body) {
            case null -> BodyPublishers.noBody();
            case String text -> BodyPublishers.ofString(text);
            default -> BodyPublishers.ofString(JSON.writeValueAsString(body));
        };
    }
}
