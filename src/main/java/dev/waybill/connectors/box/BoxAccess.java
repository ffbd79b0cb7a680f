package dev.waybill.connectors.box;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.rest.Redirects;
import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestCall;
import dev.waybill.connectors.rest.RestClient;
import dev.waybill.connectors.rest.RestPool;
import dev.waybill.connectors.rest.RestStream;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of Box's API: renews a rejected token, once for each call, and maps all other error responses.
 *
 * @see <a href="https://developer.box.com/guides/downloads/file-version/">Downloads lead to a URL that expires</a>
 */
final class BoxAccess {

    static final String NAME = "Box";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RestPool pool;
    private final RestClient client;
    private final Redirects redirects;
    private final URI endpoint;
    private final BoxTokens tokens;

    BoxAccess(RestPool pool, URI endpoint, BoxTokens tokens) {
        this.pool = pool;
        this.client = pool.to(endpoint, true);
        this.redirects = new Redirects(pool, NAME);
        this.endpoint = endpoint;
        this.tokens = tokens;
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

    /** A URI below {@code /2.0/}. @param query not encoded */
    URI uri(String path, Map<String, String> query) {
        String fields = RestCall.query(query);
        return endpoint.resolve("/2.0/" + path + (fields.isEmpty() ? "" : "?" + fields));
    }

    /** @throws SourceException the mapped error response */
    JsonNode get(URI uri, BoxOperation operation) {
        RestAnswer answer = authorized(RestCall.get(uri), client::send, Function.identity());
        if (!answer.isGood()) {
            throw BoxErrors.of(answer, client, operation);
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException unreadable) {
            throw new SourceException(Diagnosis.BROKEN_LISTING, "Box answers with something that is no JSON");
        }
    }

    /**
     * Requests bytes, and follows Box's redirects to them.
     *
     * @return an answer of any status; the caller closes its bytes
     * @throws SourceException also when the download host rejects the request, which says nothing about the account
     */
    RestStream open(RestCall request) {
        RestStream first = authorized(request, client::open, RestStream::answer);
        if (!Redirects.isRedirect(first.answer())) {
            return first;
        }
        RestStream bytes = redirects.follow(request, first);
        int status = bytes.answer().status();
        if (status == 401 || status == 403) {
            throw new SourceException(
                    Diagnosis.NOT_DOWNLOADABLE,
                    "Box leads to a download that is refused with status %d; try again, or see the file at Box"
                            .formatted(status),
                    true,
                    null,
                    null);
        }
        return bytes;
    }

    private <T> T authorized(RestCall request, Function<RestCall, T> send, Function<T, RestAnswer> response) {
        String token = tokens.now();
        T answer = send.apply(withToken(request, token));
        if (response.apply(answer).status() != 401) {
            return answer;
        }
        tokens.refused(token);
        return send.apply(withToken(request, tokens.now()));
    }

    private static RestCall withToken(RestCall request, String token) {
        return request.with("Authorization", "Bearer " + token);
    }
}
