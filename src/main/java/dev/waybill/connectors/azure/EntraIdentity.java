package dev.waybill.connectors.azure;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.rest.AccessTokens;
import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestCall;
import dev.waybill.connectors.rest.RestClient;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An Entra identity: gets access tokens for storage, and renews them. */
final class EntraIdentity implements AzureKey {

    private static final String STORAGE = "https://storage.azure.com/";
    private static final String BEARER = "Bearer ";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AccessTokens tokens;

    private EntraIdentity(AccessTokens.Issuer issuer, InstantSource clock) {
        this.tokens = new AccessTokens(issuer, clock);
    }

    /** An application of a tenant (client credentials). */
    static EntraIdentity application(
            RestClient login, URI endpoint, String tenant, String client, String secret, InstantSource clock) {
        RestCall request = RestCall.post(
                URI.create("%s/%s/oauth2/v2.0/token".formatted(endpoint, RestCall.encode(tenant))),
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        client,
                        "client_secret",
                        secret,
                        "scope",
                        STORAGE + ".default"));
        return new EntraIdentity(() -> issued(login, request, EntraIdentity::application), clock);
    }

    /**
     * The managed identity of the machine.
     *
     * @param client the id of one of several identities; empty for the only one
     */
    static EntraIdentity ofMachine(RestClient metadata, URI endpoint, String client, InstantSource clock) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("api-version", "2018-02-01");
        query.put("resource", STORAGE);
        query.put("client_id", client);
        RestCall request = RestCall.get(
                        URI.create(endpoint + "/metadata/identity/oauth2/token?" + RestCall.query(query)))
                .with("Metadata", "true");
        return new EntraIdentity(() -> issued(metadata, request, EntraIdentity::machine), clock);
    }

    private interface Refusals {

        SourceException of(String text);
    }

    @Override
    public RestCall sign(RestCall request) {
        return request.with("Authorization", BEARER + tokens.now());
    }

    @Override
    public boolean renew(RestCall sent, RestAnswer refusal) {
        if (refusal.status() != 401) {
            return false;
        }
        tokens.refused(sent.headers().getOrDefault("Authorization", "").substring(BEARER.length()));
        return true;
    }

    private static AccessTokens.Issued issued(RestClient client, RestCall request, Refusals refusals) {
        RestAnswer answer = client.send(request);
        int status = answer.status();
        if (status == 429 || status == 503) {
            throw new SourceException(
                    Diagnosis.THROTTLED, "Azure asks for patience with tokens", true, client.retryAfter(answer), null);
        }
        if (status >= 500) {
            throw new SourceException(Diagnosis.NETWORK, "Azure's token endpoint failed on its side", true, null, null);
        }
        if (!answer.isGood()) {
            throw refusals.of(answer.text());
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
        throw new SourceException(Diagnosis.NETWORK, "Azure answers with something that is no token");
    }

    private static SourceException application(String text) {
        if (text.contains("AADSTS7000222")) {
            return new SourceException(
                    Diagnosis.EXPIRED_CREDENTIALS,
                    "The application's secret has expired; make another one, and give it as credentials.client_secret");
        }
        if (text.contains("AADSTS90002") || text.contains("AADSTS900023")) {
            return new SourceException(
                    Diagnosis.INVALID_CREDENTIALS, "There is no such tenant; correct credentials.tenant_id");
        }
        if (text.contains("AADSTS700016")) {
            return new SourceException(
                    Diagnosis.INVALID_CREDENTIALS,
                    "The tenant has no such application; correct credentials.client_id, or credentials.tenant_id");
        }
        return new SourceException(
                Diagnosis.INVALID_CREDENTIALS,
                "Azure refuses the application; correct credentials.client_secret, which is the secret's value and not its id");
    }

    private static SourceException machine(String text) {
        return new SourceException(
                Diagnosis.INVALID_CREDENTIALS,
                "The machine that the service runs on has no such identity; assign it one, or correct "
                        + "credentials.client_id");
    }

    @Override
    public String toString() {
        return "EntraIdentity";
    }
}
