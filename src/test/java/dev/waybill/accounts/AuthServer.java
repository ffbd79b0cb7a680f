package dev.waybill.accounts;

import dev.waybill.local.LocalMongo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts {@link AuthApplication} and calls it over HTTP. */
final class AuthServer implements AutoCloseable {

    static final String OPERATOR = "sk_operator_0123456789abcdef";
    private static final JsonMapper JSON = new JsonMapper();

    /** A response of the server. */
    record Answer(int status, String body, java.net.http.HttpHeaders headers) {

        JsonNode json() {
            return JSON.readTree(body);
        }

        String text(String pointer) {
            return json().at(pointer).asString();
        }

        long header(String name) {
            return headers.firstValueAsLong(name).orElseThrow();
        }
    }

    final LocalMongo mongo = LocalMongo.start(null, 0);
    private final HttpClient client = HttpClient.newHttpClient();
    private final ServletWebServerApplicationContext context;

    AuthServer() {
        context = (ServletWebServerApplicationContext) new SpringApplication(AuthApplication.class)
                .run(
                        "--server.port=0",
                        // The health groups of the whole application name contributors that this one lacks.
                        "--management.endpoint.health.validate-group-membership=false",
                        "--spring.mongodb.uri=" + mongo.uri() + "?serverSelectionTimeoutMS=1000",
                        "--spring.data.redis.url=redis://127.0.0.1:1",
                        "--waybill.auth.bootstrap-api-key=" + OPERATOR,
                        "--" + AuthApplication.ONLY_HERE + "=true");
        AuthMongo.createIndexes(context.getBean(MongoTemplate.class));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** @param headers names and values in turn */
    Answer call(String method, String path, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + context.getWebServer().getPort() + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response.headers());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A call with a key. */
    Answer as(String key, String method, String path, @Nullable String body) {
        return call(method, path, body, "Authorization", "Bearer " + key);
    }

    @Override
    public void close() {
        client.close();
        context.close();
        mongo.close();
    }
}
