package dev.waybill.connectors.s3;

import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Endpoints;
import dev.waybill.connectors.Settings;
import dev.waybill.connectors.Source;
import dev.waybill.platform.fetch.GuardedEndpoints;
import java.net.URI;
import java.time.InstantSource;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The connector to Cloudflare R2: an endpoint for each account, and one region. */
@Component
final class R2Connector extends BucketConnector {

    private static final String AUTO = "auto";

    /** Location hints of buckets; requests are signed for {@code auto} all the same. */
    private static final Set<String> HINTS = Set.of(AUTO, "us-east-1", "wnam", "enam", "weur", "eeur", "apac", "oc");

    private static final Pattern ACCOUNT = Pattern.compile("[0-9a-fA-F]{32}");
    private static final S3Store R2 = new S3Store(
            "Cloudflare R2",
            "credentials.access_key_id",
            "credentials.secret_access_key",
            false,
            true,
            false,
            false,
            false,
            false,
            false);

    R2Connector(StoreClients clients, GuardedEndpoints guard, InstantSource clock) {
        super("r2", Set.of("cloudflare_r2", "cloudflare"), "r2", clients, guard, clock);
    }

    @Override
    String read(Settings settings) {
        URI endpoint = Endpoints.read(settings, guard, false);
        String account = Endpoints.isNamed(settings) ? settings.text("account_id") : settings.needed("account_id");
        settings.form(
                "account_id",
                account == null ? "" : account,
                ACCOUNT,
                "It should have 32 hexadecimal digits, as it stands in the dashboard");
        String jurisdiction = settings.text("jurisdiction");
        if (jurisdiction != null && !Set.of("eu", "fedramp").contains(jurisdiction)) {
            settings.wrong("jurisdiction", "It should be eu or fedramp, or left out");
        }
        String region = settings.text("region");
        if (region != null && !HINTS.contains(region)) {
            settings.wrong("region", "R2 has one region, auto; leave it out");
        }
        settings.keep("region", AUTO);
        String id = accessKey(settings.credentials());
        return (endpoint == null ? own(String.valueOf(account), jurisdiction) : endpoint) + " " + id;
    }

    @Override
    String ownPlace(ConnectorConfig config) {
        return Endpoints.location(own(String.valueOf(config.setting("account_id")), config.setting("jurisdiction")));
    }

    @Override
    public Source open(ConnectorConfig config) {
        URI named = endpoint(config);
        URI endpoint = named == null
                ? own(String.valueOf(config.setting("account_id")), config.setting("jurisdiction"))
                : named;
        S3Endpoint s3Endpoint = new S3Endpoint(endpoint, AUTO, true, verifiesTls(config));
        // It has no other region, whatever it reports.
        return new S3Source(
                new S3Access(
                        clients,
                        R2,
                        accessKey(config),
                        BucketLocation.at(s3Endpoint, region -> s3Endpoint),
                        CredentialFacts.NONE,
                        clock),
                false);
    }

    private static URI own(String account, @Nullable String jurisdiction) {
        return URI.create("https://%s%s.r2.cloudflarestorage.com"
                .formatted(
                        ACCOUNT.matcher(account).matches() ? account : "account",
                        "eu".equals(jurisdiction) || "fedramp".equals(jurisdiction) ? "." + jurisdiction : ""));
    }
}
