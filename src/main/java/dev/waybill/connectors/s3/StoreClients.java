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
 * Makes the SDK's clients. Each has connections of its own, dialled through the address guard, so that a server that keeps
 * some of them waiting keeps nobody else's; whoever gets one closes it, and its connections with it.
 */
@Component
final class StoreClients implements DisposableBean {

    private static final int ATTEMPTS = 3;
    private static final int TIMERS = 2;

    /** For everything but reading a file's bytes: a server that trickles holds nobody for longer. */
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

    /** @param own what the service itself is to AWS */
    StoreClients(S3ConnectorProperties properties, GuardedEndpoints guard, AwsCredentialsProvider own) {
        this.properties = properties;
        this.guard = guard;
        this.own = own;
    }

    AwsCredentialsProvider own() {
        return own;
    }

    S3Client s3(S3Endpoint place, AwsCredentialsProvider keys, ExecutionInterceptor witness) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(place.region()))
                .credentialsProvider(keys)
                .httpClientBuilder(defaults -> http(place.isPlain(), place.verifiesTls()))
                .forcePathStyle(place.isPathStyle())
                .disableS3ExpressSessionAuth(true)
                // The CRC32 that the SDK would ask for by itself is refused by B2 and others.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .overrideConfiguration(o -> o.retryStrategy(retries())
                        .apiCallAttemptTimeout(ATTEMPT)
                        .scheduledExecutorService(timers)
                        .addExecutionInterceptor(witness));
        if (place.endpoint() != null) {
            builder.endpointOverride(place.endpoint());
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

    /** For requests of one's own. */
    SdkHttpClient http(boolean isPlain, boolean verifiesTls) {
        return Apache5HttpClient.builder()
                .dnsResolver(isPlain ? guard.plainLookup() : guard.lookup())
                // A proxy would be looked up in the place of the store.
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

    /** Quick failures are tried again. A store that asks for patience gets it from the caller, who asks of many files. */
    private static StandardRetryStrategy retries() {
        return StandardRetryStrategy.builder()
                .useClientDefaults(false)
                .maxAttempts(ATTEMPTS)
                .retryOnException(S3Errors::isWorthAnotherTry)
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
