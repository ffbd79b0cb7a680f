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

/** The JSON API, as far as reading needs it. A token that is refused is renewed once, and the call made again. */
final class GcsClient {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RestClient client;
    private final URI endpoint;
    private final AccessTokens tokens;
    private final String userProject;

    /** @param userProject who pays; null for the bucket's owner */
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
        RestAnswer answer = call(bucket(bucket) + "/o", query, Map.of(), client::ask, told -> told);
        require(answer, new GcsOperation(About.LISTING, bucket));
        return json(answer, About.LISTING);
    }

    /** What is told of one object; empty when there is none. */
    Optional<JsonNode> find(String bucket, String key, String fields) {
        RestAnswer answer = call(object(bucket, key), Map.of("fields", fields), Map.of(), client::ask, told -> told);
        if (answer.status() == 404 && !GcsErrors.isOfBucket(answer)) {
            return Optional.empty();
        }
        require(answer, new GcsOperation(About.FILE, bucket));
        return Optional.of(json(answer, About.FILE));
    }

    /** What is told of a bucket; empty where that may not be seen, which reading it does not need. */
    Optional<JsonNode> look(String bucket, String fields) {
        RestAnswer answer = call(bucket(bucket), Map.of("fields", fields), Map.of(), client::ask, told -> told);
        return answer.isGood() ? Optional.of(json(answer, About.FILE)) : Optional.empty();
    }

    /**
     * The bytes of one generation, as they are stored: whoever says that it understands gzip gets what is packed without
     * having it unpacked on the way.
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
            Function<RestCall, T> asking,
            Function<T, RestAnswer> answer) {
        Map<String, String> all = new LinkedHashMap<>(query);
        all.put("userProject", userProject);
        RestCall request =
                new RestCall(URI.create(endpoint + "/storage/v1/" + path + "?" + RestCall.query(all)), headers, null);
        String token = tokens.now();
        T told = asking.apply(request.with("Authorization", "Bearer " + token));
        if (answer.apply(told).status() != 401 || GcsErrors.isForPay(answer.apply(told))) {
            return told;
        }
        tokens.refused(token);
        return asking.apply(request.with("Authorization", "Bearer " + tokens.now()));
    }

    private void require(RestAnswer answer, GcsOperation question) {
        if (!answer.isGood()) {
            throw GcsErrors.of(answer, question, client.retryAfter(answer));
        }
    }

    private static JsonNode json(RestAnswer answer, About about) {
        try {
            JsonNode told = JSON.readTree(answer.body());
            if (told.isObject()) {
                return told;
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

    /** A slash in a key is a part of it, and encoded. */
    private static String object(String bucket, String key) {
        return bucket(bucket) + "/o/" + RestCall.encode(key);
    }
}
