package dev.waybill.connectors.azure;

import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.FakeServer.Seen;
import dev.waybill.testing.Confidential;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fake of token endpoints: for one application in one tenant, and on an Azure machine with one identity. After
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow and
 * https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token.
 */
final class FakeEntra {

    static final String CLIENT_SECRET = Confidential.secret("abc8Q~of-the-fake-application");

    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String CLIENT = "66666666-7777-8888-9999-000000000000";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger granted = new AtomicInteger();

    /** The one application, as users write it. */
    static Map<String, Object> application() {
        return Map.of("tenant_id", TENANT, "client_id", CLIENT, "client_secret", CLIENT_SECRET);
    }

    static Answer error(int status, String error, String description) {
        return Answer.of(status, JSON.writeValueAsString(Map.of("error", error, "error_description", description)));
    }

    Answer serve(Seen request) {
        return switch (request.path()) {
            case "/" + TENANT + "/oauth2/v2.0/token" -> application(Seen.fields(request.body()));
            case "/metadata/identity/oauth2/token" -> machine(request);
            default -> Answer.of(404, "");
        };
    }

    boolean knows(String token) {
        return tokens.contains(token);
    }

    /** How many tokens it issued. */
    int granted() {
        return granted.get();
    }

    /** Invalidates all tokens that it issued. */
    void forgetTokens() {
        tokens.clear();
    }

    private Answer application(Map<String, String> form) {
        boolean isKnown = CLIENT.equals(form.get("client_id")) && CLIENT_SECRET.equals(form.get("client_secret"));
        boolean isForStorage = "https://storage.azure.com/.default".equals(form.get("scope"))
                && "client_credentials".equals(form.get("grant_type"));
        return isKnown && isForStorage
                ? granted(3_599)
                : error(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
    }

    /** Numbers are sent as text there. */
    private Answer machine(Seen request) {
        boolean isAskedRightly = "true".equals(request.headers().get("Metadata"))
                && "https://storage.azure.com/".equals(request.query().get("resource"))
                && request.query().containsKey("api-version");
        return isAskedRightly && !request.query().containsKey("client_id")
                ? granted("3599")
                : error(400, "invalid_request", "Identity not found");
    }

    private Answer granted(Object seconds) {
        String token = Confidential.secret("eyJ0.fake-" + granted.incrementAndGet() + "." + System.nanoTime());
        tokens.add(token);
        return Answer.of(
                200,
                JSON.writeValueAsString(Map.of("token_type", "Bearer", "expires_in", seconds, "access_token", token)));
    }
}
