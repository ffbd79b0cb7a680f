package dev.waybill.connectors.s3;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.Source;
import dev.waybill.platform.fetch.GuardedEndpoints;
import dev.waybill.platform.fetch.OpenEndpoints;
import dev.waybill.testing.Confidential;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The connectors to all S3 providers, assembled as in production, over servers on the loopback interface. */
enum Provider {
    S3(Map.of("region", "us-east-1")),
    R2(Map.of()),
    BACKBLAZE(Map.of()),
    WASABI(Map.of("region", "us-east-1")),
    TIGRIS(Map.of()),
    SUPABASE(Map.of("region", "us-east-1"));

    /** Of the key {@code key-id}. */
    static final String SECRET = Confidential.secret("the-secret-of-a-key-elsewhere");

    static final String AMAZONS_SECRET = Confidential.secret("the-secret-of-a-key-of-amazons-own-store");
    static final GuardedEndpoints LOOPBACK = OpenEndpoints.allowing("127.0.0.0/8");
    static final S3ConnectorProperties PROPERTIES = properties(false, null, null, null);
    static final StoreClients CLIENTS = clients(PROPERTIES, LOOPBACK);

    private final Map<String, Object> extra;

    Provider(Map<String, Object> extra) {
        this.extra = extra;
    }

    static S3ConnectorProperties properties(
            boolean instanceRole, @Nullable String aws, @Nullable String sts, @Nullable String b2) {
        return new S3ConnectorProperties(
                instanceRole,
                aws == null ? null : URI.create(aws),
                sts == null ? null : URI.create(sts),
                URI.create(b2 == null ? "https://api.backblazeb2.com" : b2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                50);
    }

    static StoreClients clients(S3ConnectorProperties properties, GuardedEndpoints guard) {
        return new StoreClients(
                properties,
                guard,
                StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        "OWNIDENTITYOWNIDENT", Confidential.secret("the-secret-of-the-service-itself"))));
    }

    Connector connector() {
        return connector(PROPERTIES, CLIENTS, LOOPBACK, InstantSource.system());
    }

    Connector connector(
            S3ConnectorProperties properties, StoreClients clients, GuardedEndpoints guard, InstantSource clock) {
        return switch (this) {
            case S3 -> new AwsConnector(properties, clients, guard, clock);
            case R2 -> new R2Connector(clients, guard, clock);
            case BACKBLAZE -> new BackblazeConnector(properties, clients, guard, clock);
            case WASABI -> new WasabiConnector(clients, guard, clock);
            case TIGRIS -> new TigrisConnector(clients, guard, clock);
            case SUPABASE -> new SupabaseConnector(clients, guard, clock);
        };
    }

    /** A user's settings for it at an endpoint. */
    Map<String, Object> settings(String endpoint, String id, String secret) {
        Map<String, Object> settings = new LinkedHashMap<>(extra);
        settings.put("endpoint_url", endpoint);
        if (this == BACKBLAZE) {
            settings.put("key_id", id);
            settings.put("application_key", secret);
        } else {
            settings.put("credentials", Map.of("access_key_id", id, "secret_access_key", secret));
        }
        return settings;
    }

    Source open(Map<String, Object> settings) {
        Connector connector = connector();
        return connector.open(connector.read(settings, "body.provider_config"));
    }

    /** Amazon's own store at an endpoint of the operator. */
    static Source amazonAt(FakeS3 server, Map<String, Object> more) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("region", "us-east-1");
        settings.put(
                "credentials", Map.of("access_key_id", "AKIAIOSFODNN7EXAMPLE", "secret_access_key", AMAZONS_SECRET));
        settings.putAll(more);
        S3ConnectorProperties properties = properties(true, server.endpoint(), server.endpoint(), null);
        Connector connector = S3.connector(properties, clients(properties, LOOPBACK), LOOPBACK, InstantSource.system());
        return connector.open(connector.read(settings, "body.provider_config"));
    }

    Source at(FakeS3 server) {
        return open(settings(server.endpoint(), "key-id", Provider.SECRET));
    }
}
