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

/** A service account, which gets tokens that may read storage and nothing else: it signs who it is, by the server's clock. */
final class ServiceAccount implements AccessTokens.Issuer {

    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_only";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final Duration LIFE = Duration.ofHours(1);

    /** Google allows some seconds either way; what is less than this is no reason for a refusal. */
    private static final Duration TOLERABLE = Duration.ofMinutes(1);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RestClient client;
    private final URI endpoint;
    private final String email;
    private final String keyId;
    private final String key;

    /**
     * Prepares one; nothing is asked yet.
     *
     * @param endpoint where tokens are to be had; whom assertions are for
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
        RestAnswer answer = ask();
        if (!answer.isGood() && isSkewed()) {
            // By now the server has told its time, and the next signature is made by that.
            answer = ask();
        }
        if (!answer.isGood()) {
            throw refused(answer);
        }
        try {
            JsonNode told = JSON.readTree(answer.body());
            String token = told.path("access_token").asString("");
            long seconds = told.path("expires_in").asLong(0);
            if (!token.isEmpty() && seconds > 0) {
                return new AccessTokens.Issued(token, Duration.ofSeconds(seconds));
            }
        } catch (JacksonException unreadable) {
            // It is as good as none.
        }
        throw new SourceException(Diagnosis.NETWORK, "Google answers with something that is no token");
    }

    private RestAnswer ask() {
        return client.ask(RestCall.post(endpoint, Map.of("grant_type", GRANT, "assertion", assertion())));
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
