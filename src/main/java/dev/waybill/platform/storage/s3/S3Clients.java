package dev.waybill.platform.storage.s3;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Configures the AWS SDK for S3 and servers that speak it, with time-outs and retries. */
final class S3Clients {

    private static final int ATTEMPTS = 3;
    private static final BackoffStrategy AFTER_FAILURE =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(50), Duration.ofMillis(400));
    private static final BackoffStrategy AFTER_THROTTLING =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(200), Duration.ofMillis(800));

    private S3Clients() {}

    /** A client that the caller closes. */
    static S3Client open(StorageProperties properties) {
        String endpoint = properties.endpoint();
        boolean plain = endpoint != null && endpoint.startsWith("http:");
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(properties.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(properties.accessKeyId(), properties.secretAccessKey())))
                .forcePathStyle(properties.usesPathStyle())
                // The CRC32 that the SDK would add by itself is refused by R2, B2, Ceph and others.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // Where S3 insists on a checksum (DeleteObjects), the old Content-MD5 is what all of them know.
                .addPlugin(LegacyMd5Plugin.create())
                // Not every provider reads aws-chunked bodies, and over TLS nothing needs them. Over plain HTTP the SDK
                // signs the body, and only in chunks can it do so without reading a stream twice.
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(plain).build())
                .overrideConfiguration(o -> o.retryStrategy(retries()))
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(properties.connectTimeout())
                        .connectionAcquisitionTimeout(properties.attemptTimeout())
                        .socketTimeout(properties.requestTimeout())
                        .maxConnections(properties.maxConnections()));
        if (endpoint != null) {
            builder.endpointOverride(URI.create(endpoint));
        }
        return builder.build();
    }

    /** Quick failures are retried; what took a time-out to fail is not, because the caller waits. */
    private static StandardRetryStrategy retries() {
        return StandardRetryStrategy.builder()
                .useClientDefaults(false)
                .maxAttempts(ATTEMPTS)
                .retryOnException(S3Failures::isRetryable)
                .treatAsThrottling(S3Failures::isThrottling)
                .backoffStrategy(AFTER_FAILURE)
                .throttlingBackoffStrategy(AFTER_THROTTLING)
                .build();
    }
}
