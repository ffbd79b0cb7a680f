package dev.waybill.connectors.mux;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Settings;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.rest.RestPools;
import dev.waybill.platform.errors.InvalidRequest;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * The connector to Mux: an access token of one environment. Each asset is one file, and which one is a setting of the
 * connection.
 */
@Component
final class MuxConnector implements Connector {

    /** The container of all paths: an environment has one list of assets. */
    static final String ASSETS = "assets";

    private static final String PROVIDER = "mux";
    private static final String SCHEME = "mux://";
    private static final String HIGHEST = "highest";
    private static final String SIGNING_KEY = "playback_signing_private_key";
    private static final String SIGNING_KEY_ID = "playback_signing_key_id";
    private static final Pattern RENDITION = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern ASSET = Pattern.compile("[A-Za-z0-9]{1,100}");

    private final MuxProperties properties;
    private final RestPools pools;
    private final InstantSource clock;

    MuxConnector(MuxProperties properties, RestPools pools, InstantSource clock) {
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
        return Set.of("mux_video");
    }

    @Override
    public String contractName() {
        return "s3";
    }

    @Override
    public ConnectorConfig read(Map<String, Object> config, String at) {
        Settings settings = Settings.of(config, at);
        settings.keep("provider_type", PROVIDER);
        String sent = settings.text("rendition");
        String rendition = sent == null ? HIGHEST : sent.replaceAll("(-only|\\.mp4|\\.m4a)$", "");
        settings.form(
                "rendition",
                rendition,
                RENDITION,
                "It should be a static rendition's name, such as highest, 1080p or audio");
        settings.keep("rendition", rendition);
        settings.flag("use_master", false);
        Settings credentials = settings.credentials();
        String id = credentials.needed("access_token_id", "token_id");
        credentials.secret("access_token_secret", "token_secret");
        signing(credentials);
        return settings.config(PROVIDER, PROVIDER + " " + id);
    }

    /** An optional key for playback that requires signed URLs. */
    private static void signing(Settings credentials) {
        if (!credentials.has(SIGNING_KEY) && !credentials.has(SIGNING_KEY_ID)) {
            return;
        }
        credentials.needed(SIGNING_KEY_ID);
        String key = credentials.secretLines(SIGNING_KEY);
        if (!key.isEmpty()) {
            try {
                MuxSigner.read(key);
            } catch (GeneralSecurityException unreadable) {
                credentials.wrong(SIGNING_KEY, String.valueOf(unreadable.getMessage()));
            }
        }
    }

    /** Ids are unique in all of Mux. */
    @Override
    public String location(ConnectorConfig config) {
        return "mux.com";
    }

    @Override
    public Optional<SourcePath> home(ConnectorConfig config) {
        return Optional.of(new SourcePath(ASSETS, "", true));
    }

    @Override
    public SourcePath path(ConnectorConfig config, String sourcePath) {
        boolean hasScheme = sourcePath.toLowerCase(Locale.ROOT).startsWith(SCHEME);
        String rest = hasScheme ? sourcePath.substring(SCHEME.length()) : sourcePath;
        String asset = rest.replaceAll("^/|/$", "");
        if (!asset.isEmpty() && !ASSET.matcher(asset).matches()) {
            throw InvalidRequest.field(
                    "source_path",
                    "The path names no asset; write mux:// for all of them, or mux://{asset id} for one",
                    "source_path");
        }
        return new SourcePath(ASSETS, asset, true);
    }

    @Override
    public Source open(ConnectorConfig config) {
        MuxAccess access = new MuxAccess(pools.open(), properties.endpoint(), config);
        String rendition = String.valueOf(config.settings().getOrDefault("rendition", HIGHEST));
        boolean isMaster = Boolean.TRUE.equals(config.settings().get("use_master"));
        MuxSigner signer = MuxSigner.of(config, clock);
        MuxAssets assets =
                isMaster ? new MuxMasters(access) : new MuxRenditions(rendition, properties.streamEndpoint(), signer);
        return new MuxSource(access, assets);
    }
}
