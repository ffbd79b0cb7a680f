package dev.waybill.platform.storage.s3;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Address, credentials and time-outs of the managed bucket.
 *
 * @param endpoint under which the service reaches storage; blank means AWS in {@code region}
 * @param publicEndpoint under which clients reach it: the host in presigned URLs; blank means {@code endpoint}
 * @param uploadAccessKeyId of the credential that signs URLs to PUT; null means {@code accessKeyId}. It needs nothing
 *     but to PUT objects below {@code staging/}
 * @param uploadSecretAccessKey its secret; given if {@code uploadAccessKeyId} is
 * @param pathStyle whether the bucket stands in the path rather than in the host name; by default only with an endpoint
 * @param connectTimeout for a connection to be made
 * @param attemptTimeout for one attempt of a request that carries no long body; an attempt that ran into it is not
 *     retried
 * @param requestTimeout for such a request with all its attempts, and for any silence while a long body is on its way
 * @param maxConnections how many requests may be under way at once
 * @param probe whether it is probed at the start what the bucket enforces
 */
@Validated
@ConfigurationProperties("waybill.storage")
record StorageProperties(
        @Nullable
        @Pattern(regexp = URL, message = "must be a URL such as http://localhost:9000, or empty for AWS (S3_ENDPOINT)")
        String endpoint,

        @Nullable
        @Pattern(
                regexp = URL,
                message = "must be a URL such as https://files.example.com, or empty (S3_PUBLIC_ENDPOINT)")
        String publicEndpoint,

        @DefaultValue("us-east-1") @NotBlank(message = "must be set (S3_REGION)")
        String region,

        @DefaultValue("")
        @Pattern(
                regexp = "[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]",
                message = "must be the name of the managed bucket (S3_BUCKET)")
        String bucket,

        @DefaultValue("") @NotBlank(message = "must be set (S3_ACCESS_KEY_ID)")
        String accessKeyId,

        @DefaultValue("") @NotBlank(message = "must be set (S3_SECRET_ACCESS_KEY)")
        String secretAccessKey,

        @Nullable String uploadAccessKeyId,

        @Nullable String uploadSecretAccessKey,

        @Nullable Boolean pathStyle,

        @DefaultValue("2s") @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration connectTimeout,

        @DefaultValue("3s") @DurationMin(millis = 1) @DurationMax(minutes = 5)
        Duration attemptTimeout,

        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration requestTimeout,

        @DefaultValue("128") @Min(1) @Max(10_000) int maxConnections,

        @DefaultValue("true") boolean probe) {

    private static final String URL = "https?://[^/?#\\s@]+(/[^?#\\s]*)?";

    StorageProperties {
        endpoint = blankToNull(endpoint);
        publicEndpoint = blankToNull(publicEndpoint);
        uploadAccessKeyId = blankToNull(uploadAccessKeyId);
        uploadSecretAccessKey = blankToNull(uploadSecretAccessKey);
        if ((uploadAccessKeyId == null) != (uploadSecretAccessKey == null)) {
            throw new IllegalArgumentException(
                    "S3_UPLOAD_ACCESS_KEY_ID and S3_UPLOAD_SECRET_ACCESS_KEY must be set together, or left out both");
        }
    }

    /** Where clients reach storage; null means AWS. */
    @Nullable
    String endpointForClients() {
        return publicEndpoint == null ? endpoint : publicEndpoint;
    }

    boolean usesPathStyle() {
        return pathStyle == null ? endpoint != null : pathStyle;
    }

    @Override
    public String toString() {
        return "StorageProperties[endpoint=%s, publicEndpoint=%s, region=%s, bucket=%s, accessKeyId=%s, secretAccessKey=***, uploadAccessKeyId=%s, uploadSecretAccessKey=***, pathStyle=%s, connectTimeout=%s, attemptTimeout=%s, requestTimeout=%s, maxConnections=%d, probe=%s]"
                .formatted(
                        endpoint,
                        publicEndpoint,
                        region,
                        bucket,
                        accessKeyId,
                        uploadAccessKeyId,
                        pathStyle,
                        connectTimeout,
                        attemptTimeout,
                        requestTimeout,
                        maxConnections,
                        probe);
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
