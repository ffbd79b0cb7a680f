package dev.waybill.connectors.gcs;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.gcs.GcsOperation.About;
import dev.waybill.connectors.rest.AccessTokens;
import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestCall;
import dev.waybill.connectors.rest.RestClient;
import dev.waybill.connectors.rest.RestStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the JSON API of Google Cloud Storage, as far as reading needs it. A rejected token is renewed once, and
 * the call retried.
 */
final class GcsClient {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RestClient client;
    private final URI endpoint;
    private final AccessTokens tokens;
    private final String userProject;

    /** @param userProject the project that pays; null for the bucket's owner */
    GcsClient(
            RestClient client,
            URI endpoint,
            AccessTokens.Issuer account,
            @Nullable String userProject,
            InstantSource clock) {
        this.client = client;
        this.endpoint = endpoint;
        this.tokens = new AccessTokens(account, clock);
        this.userProject = userProject == null ? "" : userProject;
    }

    RestClient wire() {
        return client;
    }

    URI endpoint() {
        return endpoint;
    }

    boolean paysItself() {
        return !userProject.isEmpty();
    }

    /** @throws SourceException when the service account gets no token */
    void authorize() {
        tokens.now();
    }

    /** A page of objects. */
    JsonNode list(String bucket, Map<String, String> query) {
        RestAnswer answer = call(bucket(bucket) + "/o", query, Map.of(), client::send, result -> result);
        require(answer, new GcsOperation(About.LISTING, bucket));
        return json(answer, About.LISTING);
    }

    /** The metadata of one object; empty when it does not exist. */
    Optional<JsonNode> find(String bucket, String key, String fields) {
        RestAnswer answer =
                call(object(bucket, key), Map.of("fields", fields), Map.of(), client::send, result -> result);
        if (answer.status() == 404 && !GcsErrors.isOfBucket(answer)) {
            return Optional.empty();
        }
        require(answer, new GcsOperation(About.FILE, bucket));
        return Optional.of(json(answer, About.FILE));
    }

    /** The metadata of a bucket; empty without the permission for it, which reading its files does not need. */
    Optional<JsonNode> findBucket(String bucket, String fields) {
        RestAnswer answer = call(bucket(bucket), Map.of("fields", fields), Map.of(), client::send, result -> result);
        return answer.isGood() ? Optional.of(json(answer, About.FILE)) : Optional.empty();
    }

    /**
     * The bytes of one generation, as they are stored: a request that accepts gzip gets them without decompressive
     * transcoding.
     */
    RestStream open(String bucket, String key, Map<String, String> query, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(query);
        all.put("alt", "media");
        Map<String, String> raw = new LinkedHashMap<>(headers);
        raw.put("Accept-Encoding", "gzip");
        RestStream stream = call(object(bucket, key), all, raw, client::open, RestStream::answer);
        require(stream.answer(), new GcsOperation(About.BYTES, bucket));
        return stream;
    }

    private <T> T call(
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            Function<RestCall, T> send,
            Function<T, RestAnswer> answer) {
        Map<String, String> all = new LinkedHashMap<>(query);
        all.put("userProject", userProject);
        RestCall request =
                new RestCall(URI.create(endpoint + "/storage/v1/" + path + "?" + RestCall.query(all)), headers, null);
        String token = tokens.now();
        T result = send.apply(request.with("Authorization", "Bearer " + token));
        if (answer.apply(result).status() != 401 || GcsErrors.isForPay(answer.apply(result))) {
            return result;
        }
        tokens.refused(token);
        return send.apply(request.with("Authorization", "Bearer " + tokens.now()));
    }

    private void require(RestAnswer answer, GcsOperation operation) {
        if (!answer.isGood()) {
            throw GcsErrors.of(answer, operation, client.retryAfter(answer));
        }
    }

    private static JsonNode json(RestAnswer answer, About about) {
        try {
            JsonNode result = JSON.readTree(answer.body());
            if (result.isObject()) {
                return result;
            }
        } catch (JacksonException unreadable) {
            // Some other server answers.
        }
        throw new SourceException(
                about == About.LISTING ? Diagnosis.BROKEN_LISTING : Diagnosis.UNSUPPORTED,
                "Google Cloud Storage answers with something that is none of its answers; see what stands between it and "
                        + "the service");
    }

    private static String bucket(String bucket) {
        return "b/" + RestCall.encode(bucket);
    }

    /** A slash in a key is part of it, and encoded. */
    private static String object(String bucket, String key) {
        return bucket(bucket) + "/o/" + RestCall.encode(key);
    }
}
