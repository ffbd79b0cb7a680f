package dev.waybill.connectors.s3;

import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Endpoints;
import dev.waybill.connectors.Settings;
import dev.waybill.connectors.Source;
import dev.waybill.platform.fetch.GuardedEndpoints;
import java.net.URI;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The connector to Backblaze B2: an application key, which determines the endpoint. It rejects requests with checksum
 * headers.
 */
@Component
final class BackblazeConnector extends BucketConnector {

    /** Bucket names are unique in all of Backblaze. */
    private static final String DOMAIN = "backblazeb2.com";

    private static final S3Store B2 =
            new S3Store("Backblaze B2", "key_id", "application_key", false, true, true, false, true, false, false);

    private final S3ConnectorProperties properties;

    BackblazeConnector(
            S3ConnectorProperties properties, StoreClients clients, GuardedEndpoints guard, InstantSource clock) {
        super("backblaze", Set.of("b2", "backblaze_b2"), "b2", clients, guard, clock);
        this.properties = properties;
    }

    @Override
    String read(Settings settings) {
        URI endpoint = Endpoints.read(settings, guard, false);
        String id;
        if (settings.has("credentials")) {
            Settings credentials = settings.credentials();
            id = credentials.needed("key_id", "application_key_id", "access_key_id");
            credentials.secret("application_key", "secret_access_key");
        } else {
            id = settings.needed("key_id", "application_key_id", "access_key_id");
            settings.secret("application_key", "secret_access_key");
        }
        return (endpoint == null ? "b2" : endpoint.toString()) + " " + id;
    }

    @Override
    String ownPlace(ConnectorConfig config) {
        return DOMAIN;
    }

    @Override
    String placeOf(URI endpoint) {
        return Endpoints.isIn(endpoint, DOMAIN) ? DOMAIN : super.placeOf(endpoint);
    }

    @Override
    public Source open(ConnectorConfig config) {
        boolean isNested = config.secrets().containsKey("credentials.application_key");
        String id = isNested ? config.credential("key_id") : String.valueOf(config.setting("key_id"));
        String key =
                isNested ? config.secret("application_key") : config.secrets().getOrDefault("application_key", "");
        URI named = endpoint(config);
        if (named != null) {
            S3Endpoint s3Endpoint = B2Account.s3Endpoint(named, verifiesTls(config));
            return source(id, key, BucketLocation.at(s3Endpoint, s3Endpoint::in), CredentialFacts.NONE);
        }
        URI base = properties.b2Endpoint();
        boolean isPlain = "http".equalsIgnoreCase(base.getScheme());
        B2Account account = new B2Account(() -> clients.http(isPlain, true), base, id, key, B2, clock);
        return source(id, key, account, account);
    }

    private Source source(String id, String key, BucketLocation bucketLocation, CredentialFacts facts) {
        return new S3Source(new S3Access(clients, B2, S3Keys.of(id, key, null), bucketLocation, facts, clock), false);
    }
}
