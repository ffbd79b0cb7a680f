package dev.waybill.platform.storage.s3;

import dev.waybill.local.LocalS3;
import java.time.Duration;

/**
 * Builds {@link StorageProperties} for tests: those of a {@link LocalS3}, but for what is set. The time-outs are long,
 * so that a busy machine is not taken for an outage.
 */
final class StorageSettings {

    private final String endpoint;
    private String publicEndpoint;
    private String region = "us-east-1";
    private String bucket = LocalS3.BUCKET;
    private String accessKeyId = LocalS3.ACCESS_KEY_ID;
    private String secretAccessKey = LocalS3.SECRET_ACCESS_KEY;
    private String uploadAccessKeyId;
    private String uploadSecretAccessKey;
    private Boolean pathStyle;
    private Duration attemptTimeout = Duration.ofSeconds(30);
    private Duration requestTimeout = Duration.ofSeconds(60);

    private StorageSettings(String endpoint) {
        this.endpoint = endpoint;
    }

    static StorageSettings of(String endpoint) {
        return new StorageSettings(endpoint);
    }

    StorageSettings publicEndpoint(String value) {
        publicEndpoint = value;
        return this;
    }

    StorageSettings region(String value) {
        region = value;
        return this;
    }

    StorageSettings bucket(String value) {
        bucket = value;
        return this;
    }

    StorageSettings accessKeyId(String value) {
        accessKeyId = value;
        return this;
    }

    StorageSettings secretAccessKey(String value) {
        secretAccessKey = value;
        return this;
    }

    /** URLs to PUT are signed by a credential of their own. */
    StorageSettings uploadCredential(String accessKeyId, String secret) {
        uploadAccessKeyId = accessKeyId;
        uploadSecretAccessKey = secret;
        return this;
    }

    StorageSettings pathStyle(Boolean value) {
        pathStyle = value;
        return this;
    }

    StorageSettings attemptTimeout(Duration value) {
        attemptTimeout = value;
        return this;
    }

    StorageSettings requestTimeout(Duration value) {
        requestTimeout = value;
        return this;
    }

    StorageProperties build() {
        return new StorageProperties(
                endpoint,
                publicEndpoint,
                region,
                bucket,
                accessKeyId,
                secretAccessKey,
                uploadAccessKeyId,
                uploadSecretAccessKey,
                pathStyle,
                Duration.ofSeconds(2),
                attemptTimeout,
                requestTimeout,
                16,
                true);
    }
}
