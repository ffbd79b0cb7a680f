package dev.waybill.connectors.gcs;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.rest.AccessTokens;
import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestCall;
import dev.waybill.connectors.rest.RestClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    ServiceAccount(RestClient client, URI endpoint, String email, String keyId, String key) {
        this.client = client;
        this.endpoint = endpoint;
        this.email = email;
        this.keyId = keyId;
        this.key = key;
    }

    /** A private key as key files have it; null when it is none. */
    static @Nullable PrivateKey key(String pem) {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            byte[] encoded = Base64.getDecoder().decode(base64);
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException none) {
            return null;
        }
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

    private String assertion() {
        Instant now = client.serverTime();
        String header = JSON.writeValueAsString(Map.of("alg", "RS256", "typ", "JWT", "kid", keyId));
        String claims = JSON.writeValueAsString(Map.of(
                "iss",
                email,
                "scope",
                SCOPE,
                "aud",
                endpoint.toString(),
                "iat",
                now.getEpochSecond(),
                "exp",
                now.plus(LIFE).getEpochSecond()));
        String signed =
                encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + encode(signature(signed));
    }

    private byte[] signature(String text) {
        PrivateKey parsed = key(key);
        if (parsed == null) {
            throw new SourceException(
                    Diagnosis.INVALID_CREDENTIALS, "The private key cannot be read; give that of the key file");
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(parsed);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new SourceException(
                    Diagnosis.INVALID_CREDENTIALS,
                    "The private key cannot sign; give that of the key file",
                    false,
                    null,
                    e);
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
        if (text.contains("iat") && text.contains("exp") || text.contains("reasonable timeframe")) {
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

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "ServiceAccount[%s]".formatted(email);
    }
}
