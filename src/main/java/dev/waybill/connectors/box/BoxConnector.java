package dev.waybill.connectors.box;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Renewal;
import dev.waybill.connectors.Settings;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.rest.RestPool;
import dev.waybill.connectors.rest.RestPools;
import dev.waybill.connectors.rest.RsaKeys;
import dev.waybill.platform.errors.InvalidRequest;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The connector to Box: an app, by client credentials or a signed assertion, or a user's account, by OAuth or a
 * developer token. A path's container is a folder's id, and keys are the names on the path from there.
 */
@Component
final class BoxConnector implements Connector {

    static final String CCG = "ccg";
    static final String JWT = "jwt";
    static final String OAUTH = "oauth";

    private static final String PROVIDER = "box";
    private static final String SCHEME = "box://";
    private static final String ALL_FILES = "0";
    private static final String FOLDER = "folder_id";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}");
    private static final int MAX_KEY = 1_024;

    private final BoxProperties properties;
    private final RestPools pools;
    private final InstantSource clock;

    BoxConnector(BoxProperties properties, RestPools pools, InstantSource clock) {
        this.properties = properties;
        this.pools = pools;
        this.clock = clock;
    }

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public Set<String> aliases() {
        return Set.of("box_com");
    }

    @Override
    public String contractName() {
        return "s3";
    }

    @Override
    public ConnectorConfig read(Map<String, Object> config, String at) {
        Settings settings = Settings.of(config, at);
        settings.keep("provider_type", PROVIDER);
        String folder = settings.text(FOLDER);
        settings.form(
                FOLDER,
                folder == null ? "" : folder,
                NUMBER,
                "It should be a folder's id, the number at the end of its address; 0 for all files");
        settings.keep(FOLDER, folder == null ? ALL_FILES : folder);
        Settings credentials = settings.credentials();
        String type = credentials.type(kind(credentials), List.of(OAUTH, CCG, JWT));
        String identity = switch (type) {
            case CCG -> clientCredentials(credentials);
            case JWT -> assertion(credentials);
            default -> oauth(credentials);
        };
        return settings.config(PROVIDER, "%s %s %s".formatted(PROVIDER, type, identity));
    }

    /** The type of credentials without {@code type}. */
    private static String kind(Settings credentials) {
        if (credentials.has("private_key") || credentials.has("jwt_key_id")) {
            return JWT;
        }
        boolean hasToken = Stream.of("access_token", "refresh_token", "developer_token", "token")
                .anyMatch(credentials::has);
        return hasToken ? OAUTH : CCG;
    }

    private static String clientCredentials(Settings credentials) {
        String client = credentials.needed("client_id");
        credentials.secret("client_secret");
        String enterprise = number(credentials, "enterprise_id");
        String user = number(credentials, "user_id");
        if ((enterprise == null) == (user == null)) {
            credentials.wrong(
                    "enterprise_id",
                    "Give either enterprise_id, for the app's service account, or user_id, for a user of its enterprise");
        }
        return client + " " + (enterprise == null ? "user " + user : "enterprise " + enterprise);
    }

    private static String assertion(Settings credentials) {
        String client = credentials.needed("client_id");
        credentials.secret("client_secret");
        String enterprise = credentials.needed("enterprise_id");
        credentials.form("enterprise_id", enterprise, NUMBER, "It should be the enterprise's id, a number");
        credentials.needed("jwt_key_id", "public_key_id");
        String key = credentials.secretLines("private_key");
        String passphrase = credentials.spareSecret("private_key_passphrase", "passphrase");
        if (!key.isEmpty()) {
            try {
                RsaKeys.read(key, passphrase);
            } catch (GeneralSecurityException unreadable) {
                credentials.wrong("private_key", String.valueOf(unreadable.getMessage()));
            }
        }
        return client + " enterprise " + enterprise;
    }

    private static String oauth(Settings credentials) {
        credentials.secret("access_token", "developer_token", "token");
        String refresh = credentials.spareSecret("refresh_token");
        if (refresh == null) {
            return "token";
        }
        credentials.secret("client_secret");
        return credentials.needed("client_id");
    }

    private static @Nullable String number(Settings credentials, String name) {
        String value = credentials.text(name);
        credentials.form(name, value == null ? "" : value, NUMBER, "It should be an id, a number");
        return value;
    }

    /** Ids are unique in all of Box. */
    @Override
    public String location(ConnectorConfig config) {
        return "box.com";
    }

    @Override
    public Optional<SourcePath> home(ConnectorConfig config) {
        return Optional.of(path(config, "/"));
    }

    @Override
    public SourcePath path(ConnectorConfig config, String sourcePath) {
        String home = String.valueOf(config.settings().getOrDefault(FOLDER, ALL_FILES));
        boolean hasScheme = sourcePath.toLowerCase(Locale.ROOT).startsWith(SCHEME);
        if (!hasScheme && sourcePath.contains("://")) {
            throw refused("begins with a scheme that is not box://");
        }
        String rest = hasScheme ? sourcePath.substring(SCHEME.length()) : sourcePath;
        int slash = rest.indexOf('/');
        String first = slash < 0 ? rest : rest.substring(0, slash);
        boolean isId = NUMBER.matcher(first).matches();
        if (hasScheme && !first.isEmpty() && !isId) {
            throw refused("names a folder by something that is no id");
        }
        String names = isId ? rest.substring(slash < 0 ? rest.length() : slash + 1) : rest;
        String below = names.startsWith("/") ? names.substring(1) : names;
        boolean isFolder = !below.endsWith("*");
        String prefix = isFolder ? below : below.substring(0, below.length() - 1);
        if (prefix.length() > MAX_KEY) {
            throw InvalidRequest.field(
                    "source_path", "The path has more than %d characters".formatted(MAX_KEY), "string_too_long");
        }
        return new SourcePath(isId ? first : home, prefix, isFolder || prefix.isEmpty());
    }

    private static InvalidRequest refused(String why) {
        return InvalidRequest.field(
                "source_path",
                "The path %s; write /Folder/Sub, a folder's id such as 123456789, box://123456789 or 123456789/Sub"
                        .formatted(why),
                "source_path");
    }

    @Override
    public Source open(ConnectorConfig config) {
        return open(config, Renewal.NONE);
    }

    @Override
    public Source open(ConnectorConfig config, Renewal renewal) {
        RestPool pool = pools.open();
        BoxTokens tokens = BoxTokens.of(config, grants(pool), renewal, stored -> refreshed(config, stored), clock);
        return new BoxSource(new BoxAccess(pool, properties.endpoint(), tokens));
    }

    /** Over connections of its own: closing the source must not lose a new pair of tokens in flight. */
    private Map<String, String> refreshed(ConnectorConfig config, Map<String, String> stored) {
        try (RestPool pool = pools.open()) {
            return grants(pool).refresh(config, stored);
        }
    }

    private BoxGrants grants(RestPool pool) {
        return new BoxGrants(pool.to(properties.endpoint(), true), properties.endpoint(), clock);
    }
}
