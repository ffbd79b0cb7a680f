package dev.waybill.connectors.box;

import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.rest.AccessTokens.Issued;
import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestCall;
import dev.waybill.connectors.rest.RestClient;
import dev.waybill.connectors.rest.RsaKeys;
import dev.waybill.connectors.rest.SignedToken;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Requests access tokens from Box, by each of its grant types.
 *
 * @see <a href="https://developer.box.com/reference/post-oauth2-token/">POST /oauth2/token</a>
 * @see <a href="https://developer.box.com/guides/authentication/jwt/without-sdk/">What an assertion claims</a>
 */
final class BoxGrants {

    /** The audience of assertions, whatever the endpoint. */
    private static final String AUDIENCE = "https://api.box.com/oauth2/token";

    /** Box takes no assertion that lasts longer than a minute. */
    private static final Duration ASSERTED = Duration.ofSeconds(45);

    private static final Duration USUAL = Duration.ofHours(1);

    private final RestClient client;
    private final URI tokens;
    private final InstantSource clock;

    BoxGrants(RestClient client, URI endpoint, InstantSource clock) {
        this.client = client;
        this.tokens = endpoint.resolve("/oauth2/token");
        this.clock = clock;
    }

    /** Client credentials grant of an app, for its service account or for a user. */
    Issued clientCredentials(ConnectorConfig config) {
        String user = config.credential("user_id");
        Map<String, String> form = app(config, "client_credentials");
        form.put("box_subject_type", user.isEmpty() ? "enterprise" : "user");
        form.put("box_subject_id", user.isEmpty() ? config.credential("enterprise_id") : user);
        return issued(
                client.send(RestCall.post(tokens, form)),
                "Box grants the app no token; correct client_id, client_secret and enterprise_id or user_id, and have an"
                        + " admin authorise the app for client credentials");
    }

    /** JWT grant of an app. With a clock skew, the assertion is signed once more by Box's time. */
    Issued assertion(ConnectorConfig config) {
        RestAnswer answer = client.send(RestCall.post(tokens, asserted(config, clock.instant())));
        if (answer.status() == 400 && isOfTheTime(answer)) {
            answer = client.send(RestCall.post(tokens, asserted(config, client.serverTime())));
            if (answer.status() == 400 && isOfTheTime(answer)) {
                throw new SourceException(
                        Diagnosis.CLOCK_SKEW,
                        "Box and the service disagree on the time; have the operator set the service's clock");
            }
        }
        return issued(
                answer,
                "Box takes no assertion of the app; correct client_id, client_secret, enterprise_id, jwt_key_id and"
                        + " private_key, and have an admin authorise the app");
    }

    private static Map<String, String> asserted(ConnectorConfig config, Instant now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", config.credential("client_id"));
        claims.put("sub", config.credential("enterprise_id"));
        claims.put("box_sub_type", "enterprise");
        claims.put("aud", AUDIENCE);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("exp", now.plus(ASSERTED).getEpochSecond());
        try {
            String signed = SignedToken.of(
                    RsaKeys.read(
                            config.secret("private_key"),
                            config.secrets().get(BoxTokens.CREDENTIALS + "private_key_passphrase")),
                    config.credential("jwt_key_id"),
                    claims);
            Map<String, String> form = app(config, "urn:ietf:params:oauth:grant-type:jwt-bearer");
            form.put("assertion", signed);
            return form;
        } catch (GeneralSecurityException unreadable) {
            throw new SourceException(Diagnosis.INVALID_CREDENTIALS, String.valueOf(unreadable.getMessage()));
        }
    }

    private boolean isOfTheTime(RestAnswer answer) {
        String said = BoxErrors.json(answer).path("error_description").asString("");
        return said.contains("'exp'") || said.contains("'iat'") || said.contains("'nbf'") || said.contains("expired");
    }

    /**
     * The next pair of tokens, by their paths. The used refresh token is invalid from here on.
     *
     * @param stored the secrets as they are now
     */
    Map<String, String> refresh(ConnectorConfig config, Map<String, String> stored) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", stored.getOrDefault(BoxTokens.CREDENTIALS + "refresh_token", ""));
        form.put("client_id", config.credential("client_id"));
        form.put("client_secret", stored.getOrDefault(BoxTokens.CREDENTIALS + "client_secret", ""));
        RestAnswer answer = client.send(RestCall.post(tokens, form));
        JsonNode json = BoxErrors.json(answer);
        if (answer.status() == 400 && json.path("error").asString("").equals("invalid_grant")) {
            throw new SourceException(
                    Diagnosis.EXPIRED_CREDENTIALS,
                    "The refresh token is over, or was used elsewhere: each works once, within 60 days. Have the app"
                            + " authorised again, and give the new access_token and refresh_token");
        }
        require(answer, "Box does not know the app; correct client_id and client_secret");
        String access = json.path("access_token").asString("");
        String refresh = json.path("refresh_token").asString("");
        if (access.isEmpty() || refresh.isEmpty()) {
            throw unreadable();
        }
        return Map.of(BoxTokens.Refreshed.ACCESS, access, BoxTokens.Refreshed.REFRESH, refresh);
    }

    private static Map<String, String> app(ConnectorConfig config, String grant) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", grant);
        form.put("client_id", config.credential("client_id"));
        form.put("client_secret", config.secret("client_secret"));
        return form;
    }

    private Issued issued(RestAnswer answer, String otherwise) {
        require(answer, otherwise);
        JsonNode json = BoxErrors.json(answer);
        String token = json.path("access_token").asString("");
        if (token.isEmpty()) {
            throw unreadable();
        }
        long seconds = json.path("expires_in").asLong(USUAL.toSeconds());
        return new Issued(token, Duration.ofSeconds(Math.clamp(seconds, 1, USUAL.toSeconds() * 24)));
    }

    private void require(RestAnswer answer, String otherwise) {
        if (answer.isGood()) {
            return;
        }
        if (answer.status() != 400 && answer.status() != 401 && answer.status() != 403) {
            throw BoxErrors.of(answer, client, BoxOperation.ACCOUNT);
        }
        boolean isOther = BoxErrors.json(answer).path("error").asString("").equals("unauthorized_client");
        throw new SourceException(
                Diagnosis.INVALID_CREDENTIALS,
                isOther
                        ? "The app may not ask for tokens in this way; choose that way of authentication in its configuration"
                                + " at Box, or other credentials"
                        : otherwise);
    }

    private static SourceException unreadable() {
        return new SourceException(Diagnosis.BROKEN_LISTING, "Box answers a request for tokens with something else");
    }
}
