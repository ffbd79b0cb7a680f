package dev.waybill.connectors.mux;

import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.rest.Redirects;
import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestCall;
import dev.waybill.connectors.rest.RestClient;
import dev.waybill.connectors.rest.RestPool;
import dev.waybill.connectors.rest.RestStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of Mux's API, which maps its error responses. Its error texts are never passed on.
 *
 * @see <a href="https://www.mux.com/docs/api-reference/video/assets">Assets</a>
 */
final class MuxAccess {

    static final String NAME = "Mux";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RestPool pool;
    private final RestClient client;
    private final Redirects redirects;
    private final URI endpoint;
    private final String tokenId;
    private final String authorization;

    MuxAccess(RestPool pool, URI endpoint, ConnectorConfig config) {
        this.pool = pool;
        this.client = pool.to(endpoint, true);
        this.redirects = new Redirects(pool, NAME);
        this.endpoint = endpoint;
        this.tokenId = config.credential("access_token_id");
        String basic = tokenId + ":" + config.secret("access_token_secret");
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8));
    }

    void close() {
        pool.close();
    }

    RestClient client() {
        return client;
    }

    URI endpoint() {
        return endpoint;
    }

    String tokenId() {
        return tokenId;
    }

    /** A page of all assets, the newest first. @param query not encoded */
    JsonNode assets(Map<String, String> query) {
        RestAnswer answer = send("/video/v1/assets?" + RestCall.query(query));
        if (!answer.isGood()) {
            throw refusal(answer);
        }
        return json(answer);
    }

    /** Empty when it does not exist. */
    Optional<JsonNode> asset(String id) {
        RestAnswer answer = send("/video/v1/assets/" + RestCall.encode(id));
        if (answer.status() == 404) {
            return Optional.empty();
        }
        if (!answer.isGood()) {
            throw refusal(answer);
        }
        return Optional.of(json(answer).path("data"));
    }

    /** Bytes from Mux's delivery host, which gets no token but the URL's own. */
    RestStream open(RestCall request) {
        return redirects.open(request);
    }

    private RestAnswer send(String target) {
        return client.send(RestCall.get(endpoint.resolve(target)).with("Authorization", authorization));
    }

    private static JsonNode json(RestAnswer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException unreadable) {
            throw new SourceException(Diagnosis.BROKEN_LISTING, "Mux answers with something that is no JSON");
        }
    }

    private SourceException refusal(RestAnswer answer) {
        return switch (answer.status()) {
            case 401 ->
                new SourceException(
                        Diagnosis.INVALID_CREDENTIALS,
                        "Mux does not know the access token; correct access_token_id and access_token_secret, or make a new"
                                + " token in the environment that the assets are in");
            case 403 ->
                new SourceException(
                        Diagnosis.ACCESS_DENIED,
                        "The access token may not read assets; give it the permission to read Mux Video");
            default ->
                transientError(answer)
                        .orElseGet(() -> new SourceException(
                                Diagnosis.BROKEN_LISTING,
                                "Mux refuses the request with status %d".formatted(answer.status())));
        };
    }

    /** Maps a transient error (throttling, server error); empty for others. */
    Optional<SourceException> transientError(RestAnswer answer) {
        if (answer.status() == 429 || answer.status() == 503) {
            return Optional.of(new SourceException(
                    Diagnosis.THROTTLED, "Mux asks for patience", true, client.retryAfter(answer), null));
        }
        return answer.status() >= 500
                ? Optional.of(new SourceException(Diagnosis.NETWORK, "Mux failed on its side", true, null, null))
                : Optional.empty();
    }
}
