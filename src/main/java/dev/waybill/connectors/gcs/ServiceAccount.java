package dev.waybill.connectors.gcs;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.rest.AccessTokens;
import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestCall;
import dev.waybill.connectors.rest.RestClient;
import dev.waybill.connectors.rest.RsaKeys;
import dev.waybill.connectors.rest.SignedToken;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Google service account: gets read-only access tokens for storage by assertions that are signed with the server's
 * time.
 */
final class ServiceAccount implements AccessTokens.Issuer {

    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_only";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final Duration LIFE = Duration.ofHours(1);

    /** Google allows some seconds either way; a smaller skew is no reason for a rejection. */
    private static final Duration TOLERABLE = Duration.ofMinutes(1);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RestClient client;
    private final URI endpoint;
    private final String email;
    private final String keyId;
    private final String key;

    /**
     * Creates one; nothing is requested yet.
     *
     * @param endpoint the token endpoint, which is also the audience of assertions
     * @param email the account's address
     * @param keyId of the private key
     * @param key in PEM
     */
    ServiceAccount(RestClient client, URI endpoint, String email, String keyId, String key) {
        this.client = client;
        this.endpoint = endpoint;
        this.email = email;
        this.keyId = keyId;
        this.key = key;
    }

    String email() {
        return email;
    }

    @Override
    public AccessTokens.Issued issue() {
        RestAnswer answer = requestToken();
        if (!answer.isGood() && isSkewed()) {
            // The response contained the server's time, by which the next assertion is signed.
            answer = requestToken();
        }
        if (!answer.isGood()) {
            throw refused(answer);
        }
        try {
            JsonNode json = JSON.readTree(answer.body());
            String token = json.path("access_token").asString("");
            long seconds = json.path("expires_in").asLong(0);
            if (!token.isEmpty() && seconds > 0) {
                return new AccessTokens.Issued(token, Duration.ofSeconds(seconds));
            }
        } catch (JacksonException unreadable) {
            // An unreadable response is handled as none.
        }
        throw new SourceException(Diagnosis.NETWORK, "Google answers with something that is no token");
    }

    private RestAnswer requestToken() {
        return client.send(RestCall.post(endpoint, Map.of("grant_type", GRANT, "assertion", assertion())));
    }

    private boolean isSkewed() {
        Duration offset = client.clockOffset();
        return offset != null && offset.abs().compareTo(TOLERABLE) > 0;
    }

    /** https://developers.google.com/identity/protocols/oauth2/service-account */
    private String assertion() {
        Instant now = client.serverTime();
        Map<String, Object> claims = Map.of(
                "iss", email,
                "scope", SCOPE,
                "aud", endpoint.toString(),
                "iat", now.getEpochSecond(),
                "exp", now.plus(LIFE).getEpochSecond());
        try {
            return SignedToken.of(RsaKeys.read(key, null), keyId, claims);
        } catch (GeneralSecurityException unreadable) {
            throw new SourceException(
                    Diagnosis.INVALID_CREDENTIALS, "The private key cannot be read; give that of the key file");
        }
    }

    private SourceException refused(RestAnswer answer) {
        int status = answer.status();
        if (status == 429 || status == 503) {
            return new SourceException(
                    Diagnosis.THROTTLED, "Google asks for patience with tokens", true, client.retryAfter(answer), null);
        }
        if (status >= 500) {
            return new SourceException(
                    Diagnosis.NETWORK, "Google's token endpoint failed on its side", true, null, null);
        }
        String text = answer.text().toLowerCase(Locale.ROOT);
        if (text.contains("iat and exp") || text.contains("reasonable timeframe")) {
            return new SourceException(
                    Diagnosis.CLOCK_SKEW,
                    "Google and the service disagree on the time; have the operator set the service's clock");
        }
        if (text.contains("account not found")) {
            return new SourceException(
                    Diagnosis.INVALID_CREDENTIALS,
                    "Google knows no such service account; correct credentials.client_email, or see whether it was deleted");
        }
        if (text.contains("disabled")) {
            return new SourceException(
                    Diagnosis.INVALID_CREDENTIALS, "The service account is disabled; enable it, or give another one");
        }
        return new SourceException(
                Diagnosis.INVALID_CREDENTIALS,
                "Google refuses the service account's key; correct credentials.private_key_id and private_key, or see "
                        + "whether the key was deleted or has expired");
    }

    @Override
    public String toString() {
        return "ServiceAccount[%s]".formatted(email);
    }
}
