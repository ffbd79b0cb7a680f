package dev.waybill.connectors.azure;

import dev.waybill.connectors.BucketPaths;
import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Endpoints;
import dev.waybill.connectors.Settings;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.rest.RestClient;
import dev.waybill.connectors.rest.RestPool;
import dev.waybill.connectors.rest.RestPools;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.fetch.GuardedEndpoints;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The connector to Azure Blob Storage: an account, with one of the kinds of credentials for it. */
@Component
final class AzureConnector implements Connector {

    private static final String ACCOUNT_KEY = "account_key";
    private static final String SAS = "sas";
    private static final String APPLICATION = "client_credentials";
    private static final String MACHINE = "managed_identity";
    private static final String DOMAIN = "blob.core.windows.net";

    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]{3,24}");
    private static final Pattern CONTAINER = Pattern.compile("\\$(root|web|logs)|[a-z0-9](-?[a-z0-9]){2,62}");
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9.-]{1,255}");

    private final BucketPaths paths = new BucketPaths(List.of("azure", "az"), CONTAINER);
    private final AzureProperties properties;
    private final RestPools pools;
    private final GuardedEndpoints guard;
    private final InstantSource clock;

    AzureConnector(AzureProperties properties, RestPools pools, GuardedEndpoints guard, InstantSource clock) {
        this.properties = properties;
        this.pools = pools;
        this.guard = guard;
        this.clock = clock;
    }

    @Override
    public String provider() {
        return "azure_blob";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("azure", "azure_blob_storage");
    }

    @Override
    public String contractName() {
        return "s3";
    }

    @Override
    public ConnectorConfig read(Map<String, Object> config, String at) {
        Settings settings = Settings.of(ConnectionString.within(config, at), at);
        settings.keep("provider_type", provider());
        URI endpoint = Endpoints.read(settings, guard, true);
        String account = settings.needed("account_name", "account");
        settings.form(
                "account_name", account, ACCOUNT, "It should be a storage account's name: 3 to 24 letters and digits");
        String container = settings.text("bucket_name", "container_name", "container", "bucket");
        settings.form(
                "bucket_name",
                container == null ? "" : container,
                CONTAINER,
                "It should be a container's name: lower-case letters, digits and single dashes");
        settings.prefix("prefix");
        String identity = identity(settings.credentials());
        return settings.config(
                provider(), "azure_blob " + (endpoint == null ? "azure" : endpoint) + " " + account + " " + identity);
    }

    private String identity(Settings credentials) {
        String otherwise = credentials.has("sas_token")
                ? SAS
                : credentials.has("client_secret") || credentials.has("tenant_id") ? APPLICATION : ACCOUNT_KEY;
        String type = credentials.type(otherwise, List.of(ACCOUNT_KEY, SAS, APPLICATION, MACHINE));
        return switch (type) {
            case SAS -> {
                String token = credentials.secret("sas_token", "sas");
                if (!token.isEmpty() && !isMask(token) && AccessSignature.read(token) == null) {
                    credentials.wrong(
                            "sas_token", "It should be a shared access signature, such as sv=...&sp=rl&sig=...");
                }
                yield SAS;
            }
            case APPLICATION -> {
                String tenant = credentials.needed("tenant_id");
                credentials.form("tenant_id", tenant, TENANT, "It should be the tenant's id or one of its domains");
                credentials.secret("client_secret");
                yield tenant + " " + credentials.needed("client_id");
            }
            case MACHINE -> machine(credentials);
            default -> {
                String key = credentials.secret("account_key", "access_key");
                if (!isMask(key) && !isBase64(key)) {
                    credentials.wrong(
                            "account_key", "It should be one of the account's keys, in Base64 as it is shown");
                }
                yield ACCOUNT_KEY;
            }
        };
    }

    private String machine(Settings credentials) {
        if (!properties.managedIdentity()) {
            credentials.wrong(
                    "type",
                    "The service's own identity may not be used by connections here; give an account key, a signature or an "
                            + "application, or have the operator set waybill.connectors.azure.managed-identity");
        }
        String client = credentials.text("client_id");
        return "own identity " + (client == null ? "" : client);
    }

    private static boolean isMask(String secret) {
        return secret.matches("\\**");
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /** The account's host, whatever the endpoint. */
    @Override
    public String location(ConnectorConfig config) {
        URI named = endpoint(config);
        return named == null ? config.setting("account_name") + "." + DOMAIN : Endpoints.location(named);
    }

    /** Also accepts the URL that the portal shows. */
    @Override
    public SourcePath path(ConnectorConfig config, String sourcePath) {
        String path = sourcePath;
        String lower = path.toLowerCase(Locale.ROOT);
        if (lower.startsWith("https://") || lower.startsWith("http://")) {
            path = "azure://" + below(base(config), path);
        }
        return paths.read(
                config.setting("bucket_name"), String.valueOf(config.settings().getOrDefault("prefix", "")), path);
    }

    private static String below(URI base, String url) {
        String own = base.getRawAuthority() + (base.getRawPath() == null ? "" : base.getRawPath()) + "/";
        String rest = url.substring(url.indexOf("://") + 3);
        boolean isOwn = rest.toLowerCase(Locale.ROOT).startsWith(own.toLowerCase(Locale.ROOT));
        try {
            if (isOwn && !rest.contains("?")) {
                return URLDecoder.decode(rest.substring(own.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException malformed) {
            // Treated as another account's.
        }
        throw InvalidRequest.field(
                "source_path",
                "The URL is none of a folder in the connection's account; write container/folder, or %s/container/folder"
                        .formatted(base),
                "source_path");
    }

    @Override
    public Source open(ConnectorConfig config) {
        URI base = base(config);
        String account = String.valueOf(config.setting("account_name"));
        boolean verifies = !Boolean.FALSE.equals(config.settings().get("verify_ssl"));
        RestPool pool = pools.open();
        RestClient client = pool.to(base, verifies);
        return new AzureSource(new AzureClient(client, base, key(config, account, pool, client)), account, pool);
    }

    private AzureKey key(ConnectorConfig config, String account, RestPool pool, RestClient client) {
        return switch (config.credential("type")) {
            case SAS -> new AccessSignature(String.valueOf(AccessSignature.read(config.secret("sas_token"))));
            case APPLICATION ->
                EntraIdentity.application(
                        pool.to(properties.loginEndpoint(), true),
                        properties.loginEndpoint(),
                        config.credential("tenant_id"),
                        config.credential("client_id"),
                        config.secret("client_secret"),
                        clock);
            case MACHINE ->
                EntraIdentity.ofMachine(
                        pool.past(properties.metadataEndpoint()),
                        properties.metadataEndpoint(),
                        config.credential("client_id"),
                        clock);
            default -> new SharedKey(account, Base64.getDecoder().decode(config.secret("account_key")), client);
        };
    }

    /** The account's endpoint, without a trailing slash. */
    private URI base(ConnectorConfig config) {
        URI named = endpoint(config);
        if (named != null) {
            return named;
        }
        String account = config.setting("account_name");
        URI override = properties.endpoint();
        return URI.create(override == null ? "https://%s.%s".formatted(account, DOMAIN) : override + "/" + account);
    }

    private static @Nullable URI endpoint(ConnectorConfig config) {
        String url = config.setting("endpoint_url");
        return url == null ? null : URI.create(url);
    }
}
