package dev.waybill.connectors.gcs;

import dev.waybill.connectors.BucketPaths;
import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Settings;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.rest.RestClient;
import dev.waybill.connectors.rest.RestPool;
import dev.waybill.connectors.rest.RestPools;
import dev.waybill.connectors.rest.RsaKeys;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The connector to Google Cloud Storage, opened with the key of a service account. */
@Component
final class GcsConnector implements Connector {

    private static final String SERVICE_ACCOUNT = "service_account";
    private static final List<String> KEY_FILES = List.of("service_account_json", "service_account_key");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
    private static final Pattern PROJECT = Pattern.compile("[a-z0-9][a-z0-9.:-]{0,99}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,200}@[a-zA-Z0-9.-]{1,200}");

    /**
     * The token endpoints that key files contain. The value comes from a caller's file, so it is validated and not
     * used.
     */
    private static final Set<String> TOKEN_URIS = Set.of(
            "https://oauth2.googleapis.com/token",
            "https://accounts.google.com/o/oauth2/token",
            "https://www.googleapis.com/oauth2/v4/token");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final BucketPaths paths = new BucketPaths(List.of("gs", "gcs"), BUCKET);
    private final GcsProperties properties;
    private final RestPools pools;
    private final InstantSource clock;

    GcsConnector(GcsProperties properties, RestPools pools, InstantSource clock) {
        this.properties = properties;
        this.pools = pools;
        this.clock = clock;
    }

    @Override
    public String provider() {
        return "gcs";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("google_cloud_storage", "gs");
    }

    @Override
    public String contractName() {
        return "s3";
    }

    @Override
    public ConnectorConfig read(Map<String, Object> config, String at) {
        Settings settings = Settings.of(withKeyFile(config, at), at);
        settings.keep("provider_type", provider());
        String bucket = settings.text("bucket_name", "bucket", "container", "container_name");
        settings.form(
                "bucket_name",
                bucket == null ? "" : bucket,
                BUCKET,
                "It should be a bucket's name: lower-case letters, digits, dots, dashes and underscores");
        settings.prefix("prefix");
        project(settings, "project_id");
        project(settings, "user_project");
        if (settings.has("endpoint_url")) {
            settings.wrong(
                    "endpoint_url",
                    "Google Cloud Storage is read at its own endpoint; leave it out, or use the provider s3 for another "
                            + "store");
        }
        return settings.config(provider(), "gcs " + account(settings.credentials()));
    }

    private static void project(Settings settings, String name) {
        String project = settings.text(name);
        settings.form(name, project == null ? "" : project, PROJECT, "It should be the id of a project");
    }

    private static String account(Settings credentials) {
        if ("access_key".equals(credentials.text("type")) || credentials.has("access_key_id")) {
            credentials.wrong(
                    "type",
                    "HMAC keys are for the provider s3 with endpoint_url https://storage.googleapis.com; here a service "
                            + "account's key is needed");
            return "";
        }
        credentials.type(SERVICE_ACCOUNT, List.of(SERVICE_ACCOUNT));
        String email = credentials.needed("client_email");
        credentials.form("client_email", email, EMAIL, "It should be the service account's address");
        credentials.text("client_id");
        credentials.text("project_id");
        credentials.needed("private_key_id");
        String tokens = credentials.text("token_uri");
        if (tokens != null && !TOKEN_URIS.contains(tokens)) {
            credentials.wrong(
                    "token_uri",
                    "Tokens are had from https://oauth2.googleapis.com/token and nowhere else; leave it out");
        }
        privateKey(credentials);
        return email;
    }

    private static void privateKey(Settings credentials) {
        String key = credentials.secretLines("private_key");
        if (key.matches("\\**")) {
            return;
        }
        try {
            RsaKeys.read(key, null);
        } catch (GeneralSecurityException unreadable) {
            credentials.wrong("private_key", String.valueOf(unreadable.getMessage()));
        }
    }

    /** The whole key file may be in several fields, as an object or as text. */
    private static Map<String, Object> withKeyFile(Map<String, Object> config, String at) {
        Map<String, Object> settings = new LinkedHashMap<>(config);
        for (String name :
                Stream.concat(KEY_FILES.stream(), Stream.of("credentials")).toList()) {
            Object value = settings.get(name);
            if (value instanceof String text && !text.isBlank()) {
                settings.remove(name);
                settings.put("credentials", object(text, at + "." + name));
            } else if (value instanceof Map<?, ?> file && !name.equals("credentials")) {
                settings.remove(name);
                settings.put("credentials", file);
            }
        }
        return settings;
    }

    private static Map<String, Object> object(String text, String at) {
        try {
            return JSON.readValue(text, OBJECT);
        } catch (JacksonException unreadable) {
            // The cause may contain what was read, which is a secret.
            throw new InvalidRequest(List.of(new Violation(
                    List.of((Object[]) at.split("\\.")),
                    "It should be the service account's key file, as the JSON that it is",
                    "value_error")));
        }
    }

    /** Bucket names are unique in all of Google Cloud Storage. */
    @Override
    public String location(ConnectorConfig config) {
        return "googleapis.com";
    }

    @Override
    public SourcePath path(ConnectorConfig config, String sourcePath) {
        String prefix = config.setting("prefix");
        return paths.read(config.setting("bucket_name"), prefix == null ? "" : prefix, sourcePath);
    }

    @Override
    public Source open(ConnectorConfig config) {
        RestPool pool = pools.open();
        RestClient tokens = pool.to(properties.tokenEndpoint(), true);
        String key = config.secret("private_key");
        ServiceAccount account = new ServiceAccount(
                tokens,
                properties.tokenEndpoint(),
                config.credential("client_email"),
                config.credential("private_key_id"),
                key);
        GcsClient client = new GcsClient(
                pool.to(properties.endpoint(), true),
                properties.endpoint(),
                account,
                config.setting("user_project"),
                clock);
        return new GcsSource(client, account.email(), pool);
    }
}
