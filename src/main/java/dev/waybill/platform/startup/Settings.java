package dev.waybill.platform.startup;

import dev.waybill.platform.mongo.MongoUri;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;

/** Validates the settings as a whole, so that an operator learns of all problems at once. Values are never repeated. */
final class Settings {

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{2,40}");
    private static final Pattern API_KEY = Pattern.compile("sk_[A-Za-z0-9_-]{24,200}");
    private static final String OWN_API_KEY = "sk_ and at least 24 letters, digits, '_' or '-', such as what"
            + " `echo sk_$(openssl rand -hex 24)` makes";
    private static final String OWN_ENCRYPTION_KEY = "32 bytes in base64, such as what `openssl rand -base64 32` makes";
    private static final int DEFAULT_PORT = 8080;
    private static final int LAST_PORT = 65_535;
    private static final String NO_PORT = "-1";
    private static final int ENCRYPTION_KEY_BYTES = 32;

    private final PropertyResolver properties;
    private final List<String> problems = new ArrayList<>();
    private final List<String> knownKeys = new ArrayList<>();

    private Settings(PropertyResolver properties) {
        this.properties = properties;
    }

    /**
     * Every problem, each naming the variable and the fix.
     *
     * @return empty when the service can start
     */
    static List<String> problemsOf(PropertyResolver properties) {
        return validated(properties).problems;
    }

    /**
     * The variables that hold a key which everybody knows. Without {@code WAYBILL_DEVELOPMENT=true} each is a problem.
     *
     * @return empty when there is nothing to warn of
     */
    static List<String> knownKeysOf(PropertyResolver properties) {
        return validated(properties).knownKeys;
    }

    private static Settings validated(PropertyResolver properties) {
        Settings settings = new Settings(properties);
        settings.checkStores();
        settings.checkStorage();
        settings.checkPorts();
        settings.checkKeys();
        settings.checkLog();
        return settings;
    }

    private void checkStores() {
        String mongo = required(
                "spring.mongodb.uri",
                "MONGODB_URI",
                "the address of MongoDB with a database's name, such as mongodb://host:27017/waybill");
        if (mongo != null) {
            String problem = MongoUri.problemOf(mongo);
            if (problem != null) {
                wrong("MONGODB_URI", problem, "one such as mongodb://host:27017/waybill");
            }
        }
        String redis =
                required("spring.data.redis.url", "REDIS_URL", "the address of Redis, such as redis://host:6379");
        if (redis != null && !isUrl(redis, "redis", "rediss")) {
            wrong("REDIS_URL", "is no redis:// or rediss:// address", "one such as redis://:password@host:6379");
        }
    }

    private void checkStorage() {
        String bucket = required("waybill.storage.bucket", "S3_BUCKET", "the name of the bucket that Waybill manages");
        if (bucket != null && !BUCKET.matcher(bucket).matches()) {
            wrong("S3_BUCKET", "is no bucket's name", "3 to 63 lower-case letters, digits, '.' or '-'");
        }
        required("waybill.storage.access-key-id", "S3_ACCESS_KEY_ID", "the access key of the bucket's owner");
        required("waybill.storage.secret-access-key", "S3_SECRET_ACCESS_KEY", "the secret of that access key");
        together(
                "waybill.storage.upload-access-key-id",
                "S3_UPLOAD_ACCESS_KEY_ID",
                "waybill.storage.upload-secret-access-key",
                "S3_UPLOAD_SECRET_ACCESS_KEY");
        String region = value("waybill.storage.region");
        if (region != null && !REGION.matcher(region).matches()) {
            wrong("S3_REGION", "is no region's name", "one such as us-east-1");
        }
        endpoint("waybill.storage.endpoint", "S3_ENDPOINT", "leave it out for Amazon S3");
        endpoint("waybill.storage.public-endpoint", "S3_PUBLIC_ENDPOINT", "leave it out to use S3_ENDPOINT");
    }

    private void checkPorts() {
        String text = value("server.port");
        Integer port = text == null ? Integer.valueOf(DEFAULT_PORT) : portOf(text);
        if (port == null) {
            wrong("SERVER_PORT", "is no port", "a number from 1 to 65535, such as 8080");
        }
        String other = value("management.server.port");
        Integer management = other == null ? null : portOf(other);
        if (management == null && !NO_PORT.equals(other)) {
            wrong("MANAGEMENT_SERVER_PORT", "is no port", "a number from 1 to 65535, such as 8081, or -1 for none");
        } else if (management != null && management != 0 && management.equals(port)) {
            wrong("MANAGEMENT_SERVER_PORT", "is the port of the API", "one that clients cannot reach, such as 8081");
        }
    }

    private void checkKeys() {
        String development = value("waybill.development");
        boolean isDevelopment = "true".equalsIgnoreCase(development);
        if (development != null && !isDevelopment && !"false".equalsIgnoreCase(development)) {
            wrong("WAYBILL_DEVELOPMENT", "is neither true nor false", "false, or left out, where others can reach it");
        }
        String key = value("waybill.auth.bootstrap-api-key");
        if (key != null && !API_KEY.matcher(key).matches()) {
            wrong("WAYBILL_BOOTSTRAP_API_KEY", "is no key", OWN_API_KEY);
        } else if (key != null && KnownKeys.isApiKey(key)) {
            known("WAYBILL_BOOTSTRAP_API_KEY", OWN_API_KEY, isDevelopment);
        }
        byte[] encryptionKey = encryptionKey("waybill.secrets.encryption-key", "WAYBILL_ENCRYPTION_KEY");
        if (encryptionKey != null && KnownKeys.isEncryptionKey(encryptionKey)) {
            known("WAYBILL_ENCRYPTION_KEY", OWN_ENCRYPTION_KEY, isDevelopment);
        }
        // A known one is well here: it seals nothing any more, and whoever leaves it behind needs it.
        encryptionKey("waybill.secrets.previous-encryption-key", "WAYBILL_PREVIOUS_ENCRYPTION_KEY");
    }

    private void checkLog() {
        String format = value(LogFormat.VARIABLE);
        if (format != null && !LogFormat.isKnown(format)) {
            wrong(LogFormat.VARIABLE, "is no log format", "text or json");
        }
    }

    private void known(String variable, String right, boolean isDevelopment) {
        knownKeys.add(variable);
        if (!isDevelopment) {
            wrong(
                    variable,
                    "is the development key, which everybody knows",
                    right + ". Only where nothing is at stake, WAYBILL_DEVELOPMENT=true accepts it");
        }
    }

    private byte @Nullable [] encryptionKey(String property, String variable) {
        String key = value(property);
        if (key == null) {
            return null;
        }
        byte[] bytes = base64(key);
        if (bytes == null || bytes.length != ENCRYPTION_KEY_BYTES) {
            wrong(variable, "is no encryption key", OWN_ENCRYPTION_KEY);
            return null;
        }
        return bytes;
    }

    private static byte @Nullable [] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void endpoint(String property, String variable, String otherwise) {
        String value = value(property);
        if (value != null && !isUrl(value, "http", "https")) {
            wrong(variable, "is no http:// or https:// address", "one such as http://host:9000, or " + otherwise);
        }
    }

    private void together(String property, String variable, String otherProperty, String otherVariable) {
        boolean isSet = value(property) != null;
        if (isSet != (value(otherProperty) != null)) {
            problems.add("%s is missing, and %s is set. Set both, or neither."
                    .formatted(isSet ? otherVariable : variable, isSet ? variable : otherVariable));
        }
    }

    private @Nullable String required(String property, String variable, String meaning) {
        String value = value(property);
        if (value == null) {
            problems.add("%s is missing. Set it to %s.".formatted(variable, meaning));
        }
        return value;
    }

    private void wrong(String variable, String what, String right) {
        problems.add("%s %s. It should be %s.".formatted(variable, what, right));
    }

    private @Nullable String value(String property) {
        String value = properties.getProperty(property);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** @return null when it is none; 0 is any free one */
    private static @Nullable Integer portOf(String text) {
        try {
            int port = Integer.parseInt(text);
            return port >= 0 && port <= LAST_PORT ? port : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isUrl(String text, String... schemes) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            return scheme != null
                    && List.of(schemes).contains(scheme.toLowerCase(Locale.ROOT))
                    && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
