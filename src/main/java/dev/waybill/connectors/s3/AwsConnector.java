package dev.waybill.connectors.s3;

import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Endpoints;
import dev.waybill.connectors.Settings;
import dev.waybill.connectors.Source;
import dev.waybill.platform.fetch.GuardedEndpoints;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The connector to Amazon S3, and with an {@code endpoint_url} to any other compatible store. */
@Component
final class AwsConnector extends BucketConnector {

    private static final String ROLE = "iam_role";
    private static final String OWN_ROLE = "instance_role";
    private static final String AMAZONAWS = "amazonaws.com";
    private static final String CHINA = "amazonaws.com.cn";
    private static final Pattern ROLE_ARN =
            Pattern.compile("arn:aws[a-z-]{0,10}:iam::\\d{12}:role/[\\w+=,.@/-]{1,576}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]+");

    private static final S3Store AMAZON = new S3Store(
            "Amazon S3",
            "credentials.access_key_id",
            "credentials.secret_access_key",
            true,
            true,
            false,
            true,
            true,
            true,
            true);
    private static final S3Store COMPATIBLE = new S3Store(
            "The S3 store",
            "credentials.access_key_id",
            "credentials.secret_access_key",
            false,
            true,
            false,
            true,
            true,
            false,
            true);

    private final S3ConnectorProperties properties;

    AwsConnector(S3ConnectorProperties properties, StoreClients clients, GuardedEndpoints guard, InstantSource clock) {
        super(
                "s3",
                Set.of("aws", "aws_s3", "amazon_s3", "s3_compatible", "minio", "spaces"),
                "s3",
                clients,
                guard,
                clock);
        this.properties = properties;
    }

    @Override
    String read(Settings settings) {
        URI endpoint = Endpoints.read(settings, guard, true);
        boolean isAmazon = isAmazon(endpoint);
        region(settings, endpoint == null ? null : "us-east-1");
        if (settings.has("path_style")) {
            settings.flag("path_style", false);
        }
        requestPayer(settings);
        Settings credentials = settings.credentials();
        String type =
                credentials.type(credentials.has("role_arn") ? ROLE : ACCESS_KEY, List.of(ACCESS_KEY, ROLE, OWN_ROLE));
        if (!type.equals(ACCESS_KEY) && !isAmazon) {
            credentials.wrong("type", "Roles are good at Amazon's own endpoints only; leave endpoint_url out");
        }
        String identity = switch (type) {
            case ROLE -> role(credentials);
            case OWN_ROLE -> ownRole(credentials);
            default -> key(credentials, isAmazon);
        };
        return (endpoint == null ? "amazon" : endpoint.toString()) + " " + identity;
    }

    private static String key(Settings credentials, boolean isAmazon) {
        String secret = credentials.secret("secret_access_key", "aws_secret_access_key", "secret_key");
        credentials.spareSecret("session_token", "aws_session_token");
        String id = credentials.needed("access_key_id", "aws_access_key_id");
        if (isAmazon) {
            credentials.length("access_key_id", id, 16, 128);
            credentials.length("secret_access_key", secret, 40, 0);
        }
        return id;
    }

    private static String role(Settings credentials) {
        String role = credentials.needed("role_arn");
        credentials.form(
                "role_arn", role, ROLE_ARN, "It should look like arn:aws:iam::123456789012:role/NameOfTheRole");
        String externalId = credentials.needed("external_id");
        credentials.length("external_id", externalId, 8, 128);
        credentials.form(
                "external_id", externalId, EXTERNAL_ID, "It should hold letters, digits and _ + = , . @ : / - only");
        if (credentials.has("session_duration")) {
            credentials.number("session_duration", 3_600, 900, 43_200);
        }
        return role;
    }

    private String ownRole(Settings credentials) {
        if (!properties.instanceRole()) {
            credentials.wrong(
                    "type",
                    "The service's own role may not be used by connections here; give an access key or a role to assume, "
                            + "or have the operator set waybill.connectors.s3.instance-role");
        }
        return "own role";
    }

    private static void requestPayer(Settings settings) {
        if (!settings.has("request_payer")) {
            return;
        }
        String payer = settings.text("request_payer");
        if (payer != null && !payer.equals("requester")) {
            settings.wrong("request_payer", "It should be requester, or left out");
        }
    }

    /** Other stores have keys of other lengths, and no IAM roles. */
    private static boolean isAmazon(@Nullable URI endpoint) {
        return endpoint == null || Endpoints.isIn(endpoint, AMAZONAWS) || Endpoints.isIn(endpoint, CHINA);
    }

    /** Bucket names are unique in all of Amazon, except China, which has its own. */
    @Override
    String ownPlace(ConnectorConfig config) {
        return String.valueOf(config.setting("region")).startsWith("cn-") ? CHINA : AMAZONAWS;
    }

    @Override
    String placeOf(URI endpoint) {
        if (!isAmazon(endpoint)) {
            return super.placeOf(endpoint);
        }
        return Endpoints.isIn(endpoint, CHINA) ? CHINA : AMAZONAWS;
    }

    @Override
    public Source open(ConnectorConfig config) {
        URI named = endpoint(config);
        boolean isAmazon = isAmazon(named);
        URI endpoint = named == null ? properties.awsEndpoint() : named;
        boolean isOwnForm = named == null && properties.awsEndpoint() == null;
        S3Endpoint s3Endpoint = new S3Endpoint(
                endpoint,
                String.valueOf(config.setting("region")),
                flag(config, "path_style", !isOwnForm && !isAmazon(endpoint)),
                verifiesTls(config));
        S3Store store = isAmazon ? AMAZON : COMPATIBLE;
        S3Access access = new S3Access(
                clients, store, keys(config), BucketLocation.at(s3Endpoint, s3Endpoint::in), facts(config), clock);
        return new S3Source(access, "requester".equals(config.setting("request_payer")));
    }

    private S3Keys keys(ConnectorConfig config) {
        return switch (config.credential("type")) {
            case ROLE ->
                new AssumedRole(
                        clients.sts(String.valueOf(config.setting("region"))),
                        config.credential("role_arn"),
                        config.credential("external_id"),
                        session(config));
            case OWN_ROLE -> clients.own()::resolveCredentials;
            default -> accessKey(config);
        };
    }

    private static int session(ConnectorConfig config) {
        return config.settings().get("credentials") instanceof Map<?, ?> credentials
                        && credentials.get("session_duration") instanceof Integer seconds
                ? seconds
                : 3_600;
    }

    /** A role's ARN contains the account. */
    private static CredentialFacts facts(ConnectorConfig config) {
        String[] arn = config.credential("role_arn").split(":", 6);
        return arn.length < 6
                ? CredentialFacts.NONE
                : new CredentialFacts() {
                    @Override
                    public String account() {
                        return arn[4];
                    }
                };
    }
}
