package dev.waybill.connectors.s3;

import dev.waybill.platform.fetch.GuardedEndpoints;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Creates the AWS SDK's clients. Each has a connection pool of its own, through the address guard, so that a slow
 * server blocks no other source; the caller closes the client together with its connections.
 */
@Component
final class StoreClients implements DisposableBean {

    private static final int ATTEMPTS = 3;
    private static final int TIMERS = 2;

    /** The time-out of everything but reading a file's bytes, against trickling servers. */
    private static final Duration ATTEMPT = Duration.ofSeconds(60);

    private static final BackoffStrategy PAUSES =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(50), Duration.ofMillis(400));

    private final S3ConnectorProperties properties;
    private final GuardedEndpoints guard;
    private final AwsCredentialsProvider own;
    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(
            TIMERS, Thread.ofPlatform().daemon().name("store-timer-", 0).factory());

    @Autowired
    StoreClients(S3ConnectorProperties properties, GuardedEndpoints guard) {
        this(properties, guard, DefaultCredentialsProvider.builder().build());
    }

    /** @param own the service's own AWS credentials */
    StoreClients(S3ConnectorProperties properties, GuardedEndpoints guard, AwsCredentialsProvider own) {
        this.properties = properties;
        this.guard = guard;
        this.own = own;
    }

    AwsCredentialsProvider own() {
        return own;
    }

    S3Client s3(S3Endpoint endpoint, AwsCredentialsProvider keys, ExecutionInterceptor observer) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(endpoint.region()))
                .credentialsProvider(keys)
                .httpClientBuilder(defaults -> http(endpoint.isPlain(), endpoint.verifiesTls()))
                .forcePathStyle(endpoint.isPathStyle())
                .disableS3ExpressSessionAuth(true)
                // The CRC32 that the SDK would request by default is rejected by B2 and others.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .overrideConfiguration(o -> o.retryStrategy(retries())
                        .apiCallAttemptTimeout(ATTEMPT)
                        .scheduledExecutorService(timers)
                        .addExecutionInterceptor(observer));
        if (endpoint.endpoint() != null) {
            builder.endpointOverride(endpoint.endpoint());
        }
        return builder.build();
    }

    StsClient sts(String region) {
        URI endpoint = properties.stsEndpoint();
        boolean isPlain = endpoint != null && "http".equalsIgnoreCase(endpoint.getScheme());
        StsClientBuilder builder = StsClient.builder()
                .region(Region.of(region))
                .credentialsProvider(own)
                .httpClientBuilder(defaults -> http(isPlain, true))
                .overrideConfiguration(o -> o.retryStrategy(retries())
                        .apiCallAttemptTimeout(ATTEMPT)
                        .scheduledExecutorService(timers));
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.build();
    }

    /** For requests outside the SDK. */
    SdkHttpClient http(boolean isPlain, boolean verifiesTls) {
        return Apache5HttpClient.builder()
                .dnsResolver(isPlain ? guard.plainLookup() : guard.lookup())
                // With a proxy, the proxy would be resolved instead of the store.
                .proxyConfiguration(ProxyConfiguration.builder()
                        .useSystemPropertyValues(false)
                        .useEnvironmentVariableValues(false)
                        .build())
                .connectionTimeout(properties.connectTimeout())
                .connectionAcquisitionTimeout(properties.connectTimeout())
                .socketTimeout(properties.idleTimeout())
                .maxConnections(properties.maxConnections())
                .buildWithDefaults(AttributeMap.builder()
                        .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, !verifiesTls)
                        .build());
    }

    /** Quick failures are retried. Throttling is left to the caller, who reads many files. */
    private static StandardRetryStrategy retries() {
        return StandardRetryStrategy.builder()
                .useClientDefaults(false)
                .maxAttempts(ATTEMPTS)
                .retryOnException(S3Errors::isRetryable)
                .treatAsThrottling(failure -> false)
                .backoffStrategy(PAUSES)
                .throttlingBackoffStrategy(PAUSES)
                .build();
    }

    @Override
    public void destroy() {
        timers.shutdownNow();
    }
}
