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

/** The connector to Tigris: one global endpoint under two names, and buckets in the host. */
@Component
final class TigrisConnector extends BucketConnector {

    /** The older name, which is the default in the public contract. */
    private static final String ENDPOINT = "https://fly.storage.tigris.dev";

    /** The storage, under either of its names. */
    private static final String DOMAIN = "tigris.dev";

    private static final String AUTO = "auto";
    private static final S3Store TIGRIS = new S3Store(
            "Tigris",
            "credentials.access_key_id",
            "credentials.secret_access_key",
            false,
            true,
            false,
            true,
            false,
            false,
            false);

    TigrisConnector(StoreClients clients, GuardedEndpoints guard, InstantSource clock) {
        super("tigris", Set.of("tigris_data"), "tigris", clients, guard, clock);
    }

    @Override
    public String contractName() {
        return "tigris";
    }

    @Override
    String read(Settings settings) {
        URI named = Endpoints.read(settings, guard, false);
        URI endpoint = named == null ? URI.create(ENDPOINT) : named;
        settings.keep("endpoint_url", endpoint.toString());
        region(settings, AUTO);
        if (settings.has("path_style")) {
            settings.flag("path_style", false);
        }
        return endpoint + " " + accessKey(settings.credentials());
    }

    @Override
    String ownPlace(ConnectorConfig config) {
        return DOMAIN;
    }

    @Override
    String placeOf(URI endpoint) {
        return isOwn(endpoint) ? DOMAIN : super.placeOf(endpoint);
    }

    @Override
    public Source open(ConnectorConfig config) {
        URI named = endpoint(config);
        URI endpoint = named == null ? URI.create(ENDPOINT) : named;
        S3Endpoint s3Endpoint = new S3Endpoint(
                endpoint,
                String.valueOf(config.setting("region")),
                flag(config, "path_style", !isOwn(endpoint)),
                verifiesTls(config));
        return new S3Source(
                new S3Access(
                        clients,
                        TIGRIS,
                        accessKey(config),
                        BucketLocation.at(s3Endpoint, s3Endpoint::in),
                        CredentialFacts.NONE,
                        clock),
                false);
    }

    private static boolean isOwn(URI endpoint) {
        return Endpoints.isIn(endpoint, DOMAIN) || Endpoints.isIn(endpoint, "storage.dev");
    }
}
