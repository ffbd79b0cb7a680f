package dev.waybill.connectors.s3;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.s3.S3Operation.About;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An application key's account data of Backblaze (b2_authorize_account): its S3 endpoint and restrictions. Requested
 * when first needed.
 */
final class B2Account implements BucketLocation, CredentialFacts {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_ANSWER = 100_000;
    private static final List<String> VERSIONS = List.of("v4", "v3");

    /** The minimum time between two requests for a moved endpoint: a rejected key is so for every file. */
    private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(1);

    private static final Pattern HOST = Pattern.compile("s3\\.([a-z0-9-]{1,40})\\..*");

    private final Supplier<SdkHttpClient> clients;
    private final URI base;
    private final String authorization;
    private final S3Errors refusals;
    private final InstantSource clock;
    private @Nullable KeyData data;
    private @Nullable Instant refreshedAt;

    /**
     * @param buckets that it is restricted to; empty for all
     * @param prefix of keys that it is restricted to; empty for all
     * @param expiresAt null for never
     */
    private record KeyData(
            S3Endpoint s3Endpoint,
            String account,
            List<String> buckets,
            String prefix,
            List<Diagnosis> lacking,
            @Nullable Instant expiresAt) {

        Map<String, Object> restrictions() {
            Map<String, Object> restrictions = new LinkedHashMap<>();
            if (!buckets.isEmpty()) {
                restrictions.put("buckets", buckets);
            }
            if (!prefix.isEmpty()) {
                restrictions.put("prefix", prefix);
            }
            return restrictions;
        }

        /** Null without restrictions, and without the permission to list: then another path does not help. */
        @Nullable
        String reach() {
            if (restrictions().isEmpty() || lacking.contains(Diagnosis.ACCESS_DENIED)) {
                return null;
            }
            String named = "'" + String.join("', '", buckets) + "'";
            String within = buckets.isEmpty() ? "" : prefix.isEmpty() ? named : " in " + named;
            return prefix.isEmpty() ? within : "what begins with '%s'%s".formatted(prefix, within);
        }
    }

    /** @param clients creates a client, which is closed after the request */
    B2Account(
            Supplier<SdkHttpClient> clients,
            URI base,
            String keyId,
            String applicationKey,
            S3Store store,
            InstantSource clock) {
        this.clients = clients;
        this.base = base;
        String basic = keyId + ":" + applicationKey;
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8));
        this.refusals = new S3Errors(store, base.toString(), CredentialFacts.NONE, clock);
        this.clock = clock;
    }

    @Override
    public synchronized S3Endpoint now() {
        if (data == null) {
            data = authorize();
        }
        return data.s3Endpoint();
    }

    @Override
    public S3Endpoint in(String region) {
        return now().in(region);
    }

    @Override
    public synchronized Optional<S3Endpoint> refreshed(S3Endpoint refused) {
        if (isAt(refused) && mayRefresh()) {
            refreshedAt = clock.instant();
            data = authorize();
        }
        return isAt(refused) ? Optional.empty() : Optional.of(now());
    }

    private boolean isAt(S3Endpoint s3Endpoint) {
        return Objects.equals(now().endpoint(), s3Endpoint.endpoint());
    }

    private boolean mayRefresh() {
        return refreshedAt == null || !clock.instant().isBefore(refreshedAt.plus(REFRESH_INTERVAL));
    }

    @Override
    public synchronized @Nullable String account() {
        return data == null ? null : data.account();
    }

    @Override
    public synchronized Map<String, Object> restrictions() {
        return data == null ? Map.of() : data.restrictions();
    }

    @Override
    public synchronized @Nullable String reach() {
        return data == null ? null : data.reach();
    }

    @Override
    public synchronized @Nullable Instant expiresAt() {
        return data == null ? null : data.expiresAt();
    }

    @Override
    public synchronized List<Diagnosis> lacking() {
        return data == null ? List.of() : data.lacking();
    }

    private KeyData authorize() {
        try (SdkHttpClient http = clients.get()) {
            return authorize(http);
        }
    }

    private KeyData authorize(SdkHttpClient http) {
        for (String version : VERSIONS) {
            SdkHttpRequest request = SdkHttpRequest.builder()
                    .uri(URI.create(base + "/b2api/" + version + "/b2_authorize_account"))
                    .method(SdkHttpMethod.GET)
                    .putHeader("Authorization", authorization)
                    .putHeader("Host", base.getRawAuthority())
                    .build();
            try {
                HttpExecuteResponse answer = http.prepareRequest(
                                HttpExecuteRequest.builder().request(request).build())
                        .call();
                try (InputStream body = answer.responseBody().orElseGet(AbortableInputStream::createEmpty)) {
                    int status = answer.httpResponse().statusCode();
                    if (status == 200) {
                        return read(JSON.readTree(body.readNBytes(MAX_ANSWER)));
                    }
                    if (status != 400 && status != 404) {
                        throw refused(status, new String(body.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8));
                    }
                }
            } catch (IOException e) {
                throw refusals.of(SdkClientException.create("no answer", e), new S3Operation(About.ACCOUNT, "", false));
            } catch (JacksonException e) {
                throw unreadable();
            }
        }
        throw unreadable();
    }

    private static SourceException refused(int status, String body) {
        if (status == 429 || status == 503) {
            return new SourceException(Diagnosis.THROTTLED, "Backblaze B2 asks for patience", true, null, null);
        }
        if (status >= 500) {
            return new SourceException(Diagnosis.NETWORK, "Backblaze B2 failed on its side", true, null, null);
        }
        return body.toLowerCase(Locale.ROOT).contains("cap_exceeded")
                ? new SourceException(
                        Diagnosis.QUOTA, "A cap of the account at Backblaze B2 is reached; raise it there")
                : new SourceException(
                        Diagnosis.INVALID_CREDENTIALS,
                        "Backblaze B2 does not know the key; correct key_id and application_key, which cannot be the "
                                + "master key");
    }

    private static SourceException unreadable() {
        return new SourceException(
                Diagnosis.BROKEN_LISTING,
                "Backblaze B2 does not tell which endpoint the key has; give it as endpoint_url");
    }

    private static KeyData read(JsonNode answer) {
        JsonNode api = answer.path("apiInfo").path("storageApi");
        JsonNode allowed = api.has("allowed") ? api.path("allowed") : api;
        String url = api.path("s3ApiUrl").asString("");
        long expires = answer.path("applicationKeyExpirationTimestamp").asLong(0);
        try {
            return new KeyData(
                    s3Endpoint(URI.create(url)),
                    answer.path("accountId").asString(""),
                    buckets(allowed),
                    allowed.path("namePrefix").asString(""),
                    lacking(allowed.path("capabilities")),
                    expires == 0 ? null : Instant.ofEpochMilli(expires));
        } catch (IllegalArgumentException malformed) {
            throw unreadable();
        }
    }

    private static S3Endpoint s3Endpoint(URI endpoint) {
        if (endpoint.getHost() == null) {
            throw unreadable();
        }
        return s3Endpoint(endpoint, true);
    }

    /** The endpoint with its region, which is its second label. */
    static S3Endpoint s3Endpoint(URI endpoint, boolean verifiesTls) {
        Matcher host = HOST.matcher(endpoint.getHost().toLowerCase(Locale.ROOT));
        return new S3Endpoint(endpoint, host.matches() ? host.group(1) : "us-west-004", true, verifiesTls);
    }

    private static List<String> buckets(JsonNode allowed) {
        List<String> names = new ArrayList<>();
        allowed.path("buckets").forEach(bucket -> names.add(bucket.path("name").asString("")));
        String only = allowed.path("bucketName").asString("");
        if (!only.isEmpty()) {
            names.add(only);
        }
        return names;
    }

    private static List<Diagnosis> lacking(JsonNode capabilities) {
        List<String> has = new ArrayList<>();
        capabilities.forEach(capability -> has.add(capability.asString("")));
        List<Diagnosis> lacking = new ArrayList<>();
        if (!has.contains("listFiles")) {
            lacking.add(Diagnosis.ACCESS_DENIED);
        }
        if (!has.contains("readFiles")) {
            lacking.add(Diagnosis.ACCESS_DENIED_READ);
        }
        return lacking;
    }
}
