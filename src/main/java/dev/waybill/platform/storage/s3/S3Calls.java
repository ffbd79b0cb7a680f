package dev.waybill.platform.storage.s3;

import dev.waybill.platform.storage.StorageException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** Makes requests to S3: with time-outs by their kind, and with their failures mapped to {@link StorageException}s. */
final class S3Calls {

    private static final SdkPlugin WITHOUT_RETRIES =
            config -> config.overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()));

    /** S3 copies 5 GiB within a minute or two; meanwhile it sends spaces, and silence ends the wait sooner. */
    private static final Duration COPY_TIMEOUT = Duration.ofMinutes(10);

    private final AwsRequestOverrideConfiguration brief;
    private final AwsRequestOverrideConfiguration once =
            AwsRequestOverrideConfiguration.builder().addPlugin(WITHOUT_RETRIES).build();
    private final AwsRequestOverrideConfiguration patient;
    private final AwsRequestOverrideConfiguration lasting = AwsRequestOverrideConfiguration.builder()
            .apiCallAttemptTimeout(COPY_TIMEOUT)
            .apiCallTimeout(COPY_TIMEOUT)
            .build();

    S3Calls(StorageProperties properties) {
        this.brief = AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(properties.attemptTimeout())
                .apiCallTimeout(properties.requestTimeout())
                .build();
        this.patient = AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(properties.requestTimeout())
                .apiCallTimeout(properties.requestTimeout())
                .build();
    }

    /** For a request that S3 answers at once. */
    AwsRequestOverrideConfiguration brief() {
        return brief;
    }

    /** For a request that S3 may work on for seconds. */
    AwsRequestOverrideConfiguration patient() {
        return patient;
    }

    /** For a request that S3 may work on for minutes, and that may be repeated. */
    AwsRequestOverrideConfiguration lasting() {
        return lasting;
    }

    /** For a body that cannot be sent twice: one attempt, as long as bytes keep flowing. */
    AwsRequestOverrideConfiguration once() {
        return once;
    }

    <T> T call(Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw S3Failures.translate(e);
        }
    }

    /** For a request that changes something. */
    <T> T write(Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw S3Failures.translateWrite(e);
        }
    }

    <T> Optional<T> find(Supplier<T> request) {
        return call(() -> unlessAbsent(request));
    }

    /** Removes what may be gone already. */
    void remove(Supplier<?> request) {
        write(() -> unlessAbsent(request));
    }

    private static <T> Optional<T> unlessAbsent(Supplier<T> request) {
        try {
            return Optional.of(request.get());
        } catch (AwsServiceException e) {
            if (S3Failures.isAbsent(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
