package dev.waybill.connectors.s3;

import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Endpoints;
import dev.waybill.connectors.Settings;
import dev.waybill.connectors.Source;
import dev.waybill.platform.fetch.GuardedEndpoints;
import java.net.URI;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The connector to Wasabi: a host for each region. */
@Component
final class WasabiConnector extends BucketConnector {

    /** Bucket names are unique in all of Wasabi, whatever the region. */
    private static final String DOMAIN = "wasabisys.com";

    private static final String FIRST = "us-east-1";
    private static final S3Store WASABI = new S3Store(
            "Wasabi",
            "credentials.access_key_id",
            "credentials.secret_access_key",
            false,
            true,
            false,
            true,
            true,
            false,
            false);

    WasabiConnector(StoreClients clients, GuardedEndpoints guard, InstantSource clock) {
        super("wasabi", Set.of("wasabi_s3"), "wasabi", clients, guard, clock);
    }

    @Override
    String read(Settings settings) {
        URI endpoint = Endpoints.read(settings, guard, false);
        String region = region(settings, FIRST);
        String id = accessKey(settings.credentials());
        return (endpoint == null ? host(region) : endpoint) + " " + id;
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
        @Nullable URI named = endpoint(config);
        boolean verifies = verifiesTls(config);
        S3Endpoint s3Endpoint = s3Endpoint(named, String.valueOf(config.setting("region")), verifies);
        BucketLocation bucketLocation = BucketLocation.at(s3Endpoint, region -> s3Endpoint(named, region, verifies));
        return new S3Source(
                new S3Access(clients, WASABI, accessKey(config), bucketLocation, CredentialFacts.NONE, clock), false);
    }

    /** One of its own hosts as custom endpoint is replaced by the region's, as it serves that region only. */
    private static S3Endpoint s3Endpoint(@Nullable URI named, String region, boolean verifiesTls) {
        boolean isForeign = named != null && !Endpoints.isIn(named, DOMAIN);
        return new S3Endpoint(isForeign ? named : URI.create("https://" + host(region)), region, true, verifiesTls);
    }

    static String host(String region) {
        return region.equals(FIRST) || !REGION.matcher(region).matches()
                ? "s3.wasabisys.com"
                : "s3.%s.wasabisys.com".formatted(region);
    }
}
