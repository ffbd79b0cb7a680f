package dev.waybill.connectors.s3;

import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Endpoints;
import dev.waybill.connectors.Settings;
import dev.waybill.connectors.Source;
import dev.waybill.platform.fetch.GuardedEndpoints;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The connector to Supabase Storage: S3 keys, or a session made of a project's keys. It ignores conditions, so
 * responses are verified; its ETags are those of the underlying store, and no reliable hashes.
 */
@Component
final class SupabaseConnector extends BucketConnector {

    private static final String SESSION = "session_token";
    private static final String DOMAIN = "supabase.co";
    private static final Pattern PROJECT = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final S3Store KEYS = new S3Store(
            "Supabase Storage",
            "credentials.access_key_id",
            "credentials.secret_access_key",
            false,
            false,
            false,
            false,
            false,
            false,
            false);
    private static final S3Store SESSIONS = new S3Store(
            "Supabase Storage",
            "project_ref and credentials.anon_key",
            "credentials.anon_key and credentials.service_role_key",
            false,
            false,
            false,
            false,
            false,
            false,
            false);

    SupabaseConnector(StoreClients clients, GuardedEndpoints guard, InstantSource clock) {
        super("supabase", Set.of("supabase_storage"), "supabase", clients, guard, clock);
    }

    @Override
    String read(Settings settings) {
        URI endpoint = Endpoints.read(settings, guard, true);
        Settings credentials = settings.credentials();
        String type =
                credentials.type(credentials.has("anon_key") ? SESSION : ACCESS_KEY, List.of(ACCESS_KEY, SESSION));
        boolean needsProject = !Endpoints.isNamed(settings) || type.equals(SESSION);
        String project = needsProject ? settings.needed("project_ref") : settings.text("project_ref");
        settings.form(
                "project_ref",
                project == null ? "" : project,
                PROJECT,
                "It should be the project's reference, as in https://<project_ref>.supabase.co");
        region(settings, null);
        String identity;
        if (type.equals(SESSION)) {
            credentials.secret("anon_key");
            credentials.secret("service_role_key", SESSION, "access_token");
            identity = "session";
        } else {
            identity = keyPair(credentials);
        }
        return (endpoint == null ? project : endpoint) + " " + identity;
    }

    @Override
    String ownPlace(ConnectorConfig config) {
        return config.setting("project_ref") + "." + DOMAIN;
    }

    /**
     * A project's hosts begin with its reference, such as {@code <ref>.supabase.co} or
     * {@code <ref>.storage.supabase.co}.
     */
    @Override
    String placeOf(URI endpoint) {
        return Endpoints.isIn(endpoint, DOMAIN)
                ? endpoint.getHost().toLowerCase(Locale.ROOT).split("\\.")[0] + "." + DOMAIN
                : super.placeOf(endpoint);
    }

    @Override
    public Source open(ConnectorConfig config) {
        URI named = endpoint(config);
        String project = String.valueOf(config.setting("project_ref"));
        URI endpoint =
                named == null ? URI.create("https://%s.storage.supabase.co/storage/v1/s3".formatted(project)) : named;
        S3Endpoint s3Endpoint =
                new S3Endpoint(endpoint, String.valueOf(config.setting("region")), true, verifiesTls(config));
        boolean isSession = config.credential("type").equals(SESSION);
        String token = isSession ? config.secret("service_role_key") : null;
        S3Keys keys = isSession ? S3Keys.of(project, config.secret("anon_key"), token) : accessKey(config);
        CredentialFacts facts = token == null ? CredentialFacts.NONE : facts(expiry(token));
        S3Access access = new S3Access(
                clients,
                isSession ? SESSIONS : KEYS,
                keys,
                BucketLocation.at(s3Endpoint, s3Endpoint::in),
                facts,
                clock);
        return new S3Source(access, false);
    }

    private static CredentialFacts facts(@Nullable Instant expiry) {
        return new CredentialFacts() {
            @Override
            public @Nullable Instant expiresAt() {
                return expiry;
            }

            @Override
            public boolean hidesRows() {
                return true;
            }
        };
    }

    /** The expiry of a JSON Web Token; null when it has none, or is invalid. */
    private static @Nullable Instant expiry(String token) {
        String[] parts = token.split("\\.");
        if (parts.length != 3) {
            return null;
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
            long seconds = JSON.readTree(new String(claims, StandardCharsets.UTF_8))
                    .path("exp")
                    .asLong(0);
            return seconds <= 0 ? null : Instant.ofEpochSecond(Math.min(seconds, Integer.MAX_VALUE * 2L));
        } catch (IllegalArgumentException | JacksonException none) {
            return null;
        }
    }
}
