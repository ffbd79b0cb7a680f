package dev.waybill.connectors.box;

import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.testing.Confidential;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fake of the tokens of {@link FakeBox}, by https://developer.box.com/reference/post-oauth2-token: for client
 * credentials, for an assertion, and for a refresh token, which works once.
 */
public final class FakeBoxTokens {

    static final String CLIENT = "app-client-id";
    public static final String CLIENT_SECRET = Confidential.secret("box-client-secret-0123456789");
    static final String ENTERPRISE = "987654";
    static final String USER = "135790";

    private final Set<String> good = new HashSet<>();
    private final List<String> grants = new ArrayList<>();
    private @Nullable String refreshToken;

    /** The types of the requested grants, in order. */
    public synchronized List<String> grants() {
        return List.copyOf(grants);
    }

    /** Issues a valid access token. */
    public synchronized String issue() {
        String token = secret("access");
        good.add(token);
        return token;
    }

    /** Issues a single-use refresh token, and invalidates the one before. */
    synchronized String issueRefresh() {
        refreshToken = secret("refresh");
        return refreshToken;
    }

    private static String secret(String kind) {
        return Confidential.secret("box-%s-token-%s".formatted(kind, UUID.randomUUID()));
    }

    synchronized boolean isGood(String token) {
        return good.contains(token);
    }

    /** Expires all tokens. */
    public synchronized void expire() {
        good.clear();
    }

    synchronized Answer grant(Map<String, String> form) {
        String type = form.getOrDefault("grant_type", "");
        grants.add(type);
        if (!CLIENT.equals(form.get("client_id")) || !CLIENT_SECRET.equals(form.get("client_secret"))) {
            return refused("invalid_client", "The client credentials are invalid");
        }
        return switch (type) {
            case "client_credentials" -> {
                boolean isKnown = "enterprise".equals(form.get("box_subject_type"))
                        ? ENTERPRISE.equals(form.get("box_subject_id"))
                        : USER.equals(form.get("box_subject_id"));
                yield isKnown ? granted(null) : refused("invalid_grant", "Grant credentials are invalid");
            }
            case "urn:ietf:params:oauth:grant-type:jwt-bearer" -> asserted(form.getOrDefault("assertion", ""));
            case "refresh_token" -> {
                if (refreshToken == null || !refreshToken.equals(form.get("refresh_token"))) {
                    yield refused("invalid_grant", "Refresh token has expired");
                }
                yield granted(issueRefresh());
            }
            default -> refused("unsupported_grant_type", type);
        };
    }

    private Answer asserted(String assertion) {
        SignedAssertion claims = SignedAssertion.verified(assertion);
        if (claims == null || !claims.fits(CLIENT, ENTERPRISE)) {
            return refused("invalid_grant", "Please check the assertion");
        }
        return claims.isTimely(InstantSource.system().instant())
                ? granted(null)
                : refused("invalid_grant", "Please check the 'exp' claim.");
    }

    private Answer granted(@Nullable String refresh) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", issue());
        answer.put("expires_in", 3_600);
        answer.put("token_type", "bearer");
        if (refresh != null) {
            answer.put("refresh_token", refresh);
        }
        return FakeBox.json(200, answer);
    }

    static Answer refused(String error, String description) {
        return FakeBox.json(400, Map.of("error", error, "error_description", description));
    }

    // Settings of a connection.

    /** Client credentials of the enterprise's service account. */
    public static Map<String, Object> clientCredentials() {
        return Map.of(
                "credentials",
                Map.of(
                        "type", "ccg",
                        "client_id", CLIENT,
                        "client_secret", CLIENT_SECRET,
                        "enterprise_id", ENTERPRISE));
    }

    /** A pair of tokens, which replaces the one before. */
    public Map<String, Object> pair() {
        return Map.of(
                "credentials",
                Map.of(
                        "type",
                        "oauth",
                        "client_id",
                        CLIENT,
                        "client_secret",
                        CLIENT_SECRET,
                        "access_token",
                        issue(),
                        "refresh_token",
                        issueRefresh()));
    }
}
