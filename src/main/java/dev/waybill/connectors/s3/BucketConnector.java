package dev.waybill.connectors.s3;

import dev.waybill.connectors.BucketPaths;
import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Endpoints;
import dev.waybill.connectors.Settings;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.fetch.GuardedEndpoints;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The base of connectors to S3-compatible stores: buckets and paths. Only the settings differ by provider. */
abstract class BucketConnector implements Connector {

    static final String ACCESS_KEY = "access_key";
    static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** More lenient than Amazon's rules, as other stores accept more; none accepts slashes. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?<!--x-s3)(?<!\\.)");

    private final String provider;
    private final Set<String> aliases;
    private final BucketPaths paths;
    final StoreClients clients;
    final GuardedEndpoints guard;
    final InstantSource clock;

    /** @param scheme of its paths, without {@code ://}; that of S3 is accepted everywhere */
    BucketConnector(
            String provider,
            Set<String> aliases,
            String scheme,
            StoreClients clients,
            GuardedEndpoints guard,
            InstantSource clock) {
        this.provider = provider;
        this.aliases = aliases;
        this.paths = new BucketPaths(Stream.of(scheme, "s3").distinct().toList(), BUCKET);
        this.clients = clients;
        this.guard = guard;
        this.clock = clock;
    }

    @Override
    public String provider() {
        return provider;
    }

    @Override
    public Set<String> aliases() {
        return aliases;
    }

    @Override
    public String contractName() {
        return "s3";
    }

    @Override
    public ConnectorConfig read(Map<String, Object> config, String at) {
        Settings settings = Settings.of(config, at);
        settings.keep("provider_type", provider);
        String bucket = settings.text("bucket_name", "bucket", "container", "container_name");
        settings.form(
                "bucket_name",
                bucket == null ? "" : bucket,
                BUCKET,
                "It should be a bucket's name: letters, digits, dots and dashes");
        settings.prefix("prefix");
        String access = read(settings);
        return settings.config(provider, provider + " " + access);
    }

    /**
     * Reads this provider's own settings.
     *
     * @return the identity of the access: endpoint and key, without secrets
     */
    abstract String read(Settings settings);

    @Override
    public SourcePath path(ConnectorConfig config, String sourcePath) {
        String prefix = config.settings().get("prefix") instanceof String text ? text : "";
        return paths.read(config.setting("bucket_name"), prefix, sourcePath);
    }

    @Override
    public String location(ConnectorConfig config) {
        URI named = endpoint(config);
        return named == null ? ownPlace(config) : placeOf(named);
    }

    /** The storage without a custom endpoint. Where bucket names are unique in the whole store, that is the store. */
    abstract String ownPlace(ConnectorConfig config);

    /** The storage at a custom endpoint; several of them may be the store's own one. */
    String placeOf(URI endpoint) {
        return Endpoints.location(endpoint);
    }

    /** An access key, of any form: with it, {@code type} may be left out. */
    static String accessKey(Settings credentials) {
        credentials.type(ACCESS_KEY, List.of(ACCESS_KEY));
        return keyPair(credentials);
    }

    /** The same after {@code type} was read. */
    static String keyPair(Settings credentials) {
        credentials.secret("secret_access_key", "aws_secret_access_key", "secret_key");
        credentials.spareSecret("session_token", "aws_session_token");
        return credentials.needed("access_key_id", "aws_access_key_id");
    }

    static S3Keys accessKey(ConnectorConfig config) {
        return S3Keys.of(
                config.credential("access_key_id"),
                config.secret("secret_access_key"),
                config.secrets().get("credentials.session_token"));
    }

    /** A region, or a substitute for one. */
    static String region(Settings settings, @Nullable String otherwise) {
        String sent = otherwise == null ? settings.needed("region") : settings.text("region");
        String region = sent == null || sent.isEmpty() ? String.valueOf(otherwise) : sent;
        settings.form("region", region, REGION, "It should be a region's name such as eu-west-1");
        settings.keep("region", region);
        return region;
    }

    static boolean flag(ConnectorConfig config, String name, boolean otherwise) {
        return config.settings().get(name) instanceof Boolean flag ? flag : otherwise;
    }

    static @Nullable URI endpoint(ConnectorConfig config) {
        String url = config.setting("endpoint_url");
        return url == null ? null : URI.create(url);
    }

    static boolean verifiesTls(ConnectorConfig config) {
        return flag(config, "verify_ssl", true);
    }
}
