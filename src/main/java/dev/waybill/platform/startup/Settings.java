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

/** Judges the settings as a whole, so that an operator learns of all problems at once. Values are never repeated. */
final class Settings {

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{2,40}");
    private static final Pattern API_KEY = Pattern.compile("sk_[A-Za-z0-9_-]{24,200}");
    private static final int LAST_PORT = 65_535;
    private static final int ENCRYPTION_KEY_BYTES = 32;

    private final PropertyResolver properties;
    private final List<String> problems = new ArrayList<>();

    private Settings(PropertyResolver properties) {
        this.properties = properties;
    }

    /**
     * Every problem, each naming the variable and the fix.
     *
     * @return empty when the service can start
     */
    static List<String> problemsOf(PropertyResolver properties) {
        Settings settings = new Settings(properties);
        settings.judgeStores();
        settings.judgeStorage();
        settings.judgeService();
        return List.copyOf(settings.problems);
    }

    private void judgeStores() {
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

    private void judgeStorage() {
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

    private void judgeService() {
        String port = value("server.port");
        if (port != null && !isPort(port)) {
            wrong("SERVER_PORT", "is no port", "a number from 1 to 65535, such as 8080");
        }
        String key = value("waybill.auth.bootstrap-api-key");
        if (key != null && !API_KEY.matcher(key).matches()) {
            wrong(
                    "WAYBILL_BOOTSTRAP_API_KEY",
                    "is no key",
                    "sk_ and at least 24 letters, digits, '_' or '-', such as what `openssl rand -hex 24` makes");
        }
        encryptionKey("waybill.secrets.encryption-key", "WAYBILL_ENCRYPTION_KEY");
        encryptionKey("waybill.secrets.previous-encryption-key", "WAYBILL_PREVIOUS_ENCRYPTION_KEY");
        String format = value(LogFormat.VARIABLE);
        if (format != null && !LogFormat.isKnown(format)) {
            wrong(LogFormat.VARIABLE, "is no log format", "text or json");
        }
    }

    private void encryptionKey(String property, String variable) {
        String key = value(property);
        if (key != null && !isBase64Of(key, ENCRYPTION_KEY_BYTES)) {
            wrong(variable, "is no encryption key", "32 bytes in base64, such as what `openssl rand -base64 32` makes");
        }
    }

    private static boolean isBase64Of(String text, int bytes) {
        try {
            return Base64.getDecoder().decode(text).length == bytes;
        } catch (IllegalArgumentException e) {
            return false;
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

    private static boolean isPort(String text) {
        try {
            int port = Integer.parseInt(text);
            return port >= 0 && port <= LAST_PORT;
        } catch (NumberFormatException e) {
            return false;
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
