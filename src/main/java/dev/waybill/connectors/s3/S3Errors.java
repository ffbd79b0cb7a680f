package dev.waybill.connectors.s3;

import dev.waybill.connectors.ConnectFailures;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.s3.S3Operation.About;
import dev.waybill.platform.fetch.RetryAfter;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * Maps error responses of S3 stores to diagnoses and messages. Their codes and texts decide, and are never passed on:
 * they may contain anything.
 *
 * @param endpoint for messages
 * @param facts of the rejected credentials
 */
record S3Errors(S3Store store, String endpoint, CredentialFacts facts, InstantSource clock) {

    private static final Pattern REGION = Pattern.compile("<Region>([a-z0-9-]{1,40})</Region>");
    private static final Pattern ENDPOINT =
            Pattern.compile("<Endpoint>[^<]{0,255}?\\bs3[.-]([a-z]{2,9}(?:-[a-z]{1,20}){1,3}-[0-9]{1,2})\\.[^<]+<");
    private static final Pattern CAP = Pattern.compile("\\bcap (?:is )?(?:exceeded|reached)", Pattern.CASE_INSENSITIVE);

    /** Whether an immediate retry may help. */
    static boolean isRetryable(Throwable failure) {
        if (failure instanceof AwsServiceException error) {
            int status = error.statusCode();
            String code = code(error);
            // The SDK takes the time from the response, and signs with it from then on.
            return status == 500 || status == 502 || status == 504 || code.equals("RequestTimeTooSkewed");
        }
        return ConnectFailures.mayPass(failure) && !tookTooLong(failure);
    }

    /** The region of a bucket, where the error response contains it. */
    static Optional<String> region(RuntimeException failure) {
        if (!(failure instanceof AwsServiceException error) || error.awsErrorDetails() == null) {
            return Optional.empty();
        }
        int status = error.statusCode();
        boolean isElsewhere = status == 301 || status == 307 || code(error).equals("AuthorizationHeaderMalformed");
        if (!isElsewhere) {
            return Optional.empty();
        }
        AwsErrorDetails details = error.awsErrorDetails();
        String body = details.rawResponse() == null ? "" : details.rawResponse().asUtf8String();
        return Optional.ofNullable(details.sdkHttpResponse())
                .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
                .filter(region -> region.matches("[a-z0-9-]{1,40}"))
                .or(() -> found(REGION, body))
                .or(() -> found(ENDPOINT, body));
    }

    SourceException of(RuntimeException failure, S3Operation operation) {
        if (failure instanceof SourceException own) {
            return own;
        }
        if (failure instanceof StsException refused) {
            return role(refused);
        }
        EmbeddedError inside = cause(failure, EmbeddedError.class);
        if (inside != null) {
            return byCode(200, inside.code(), "", null, operation, failure);
        }
        return failure instanceof AwsServiceException error
                ? byCode(error.statusCode(), code(error), message(error), retryAfter(error), operation, failure)
                : unanswered(failure, operation);
    }

    /** Maps a failure without a response: of I/O, time-outs or the SDK. */
    private SourceException unanswered(RuntimeException failure, S3Operation operation) {
        if (isCausedBy(failure, ConnectionRequestTimeoutException.class)) {
            // No request was sent: fewer requests at once help.
            return new SourceException(
                    Diagnosis.THROTTLED,
                    "As many connections to %s are in use as the service may have".formatted(store.name()),
                    true,
                    null,
                    failure);
        }
        Optional<SourceException> connectFailure = ConnectFailures.of(failure, endpoint);
        if (connectFailure.isPresent()) {
            return connectFailure.get();
        }
        if (tookTooLong(failure)) {
            return ConnectFailures.late(failure, endpoint);
        }
        if (String.valueOf(failure.getMessage()).contains("Unable to load credentials")) {
            return of(
                    Diagnosis.INVALID_CREDENTIALS,
                    "The service has no AWS identity of its own; give an access key, or have the operator give it one",
                    failure);
        }
        return operation.about() == About.LISTING || operation.about() == About.ACCOUNT
                ? of(
                        Diagnosis.BROKEN_LISTING,
                        "%s answers as no S3 store does; correct the endpoint",
                        failure,
                        endpoint)
                : of(Diagnosis.UNSUPPORTED, "The file cannot be asked for at %s", failure, endpoint);
    }

    private SourceException byCode(
            int status,
            String code,
            String text,
            @Nullable Duration retryAfter,
            S3Operation operation,
            RuntimeException failure) {
        if (code.startsWith("KMS.")) {
            return kms(failure);
        }
        return switch (code) {
            case "InvalidAccessKeyId", "NotSignedUp", "InvalidSecurity", "Unauthorized", "AuthFailure" ->
                unknownKey(failure);
            case "SignatureDoesNotMatch" -> wrongSignature(failure);
            case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" ->
                of(Diagnosis.EXPIRED_CREDENTIALS, "The credentials' session is over; give new ones", failure);
            case "RequestTimeTooSkewed", "RequestExpired" ->
                of(
                        Diagnosis.CLOCK_SKEW,
                        "%s and the service disagree on the time; have the operator set the service's clock",
                        failure,
                        store.name());
            case "NoSuchBucket", "InvalidBucketName" -> noBucket(operation, failure);
            case "AuthorizationHeaderMalformed",
                    "PermanentRedirect",
                    "TemporaryRedirect",
                    "InvalidRegionName",
                    "IllegalLocationConstraintException" -> elsewhere(operation, failure);
            case "InvalidObjectState" ->
                of(Diagnosis.ARCHIVED, "The file lies in an archive; restore it first", failure);
            case "SlowDown", "ServiceUnavailable", "Throttling", "TooManyRequests", "RequestLimitExceeded" ->
                throttled(retryAfter, failure);
            case "RequestTimeout", "InternalError" ->
                transientError(Diagnosis.NETWORK, "%s failed on its side", failure, store.name());
            case "QuotaExceeded" -> quota(failure);
            default -> byStatus(status, text, retryAfter, operation, failure);
        };
    }

    private SourceException byStatus(
            int status, String text, @Nullable Duration retryAfter, S3Operation operation, RuntimeException failure) {
        boolean isFile = operation.about() == About.FILE || operation.about() == About.TAGS;
        return switch (status) {
            case 301, 307 -> elsewhere(operation, failure);
            case 401 ->
                of(
                        Diagnosis.INVALID_CREDENTIALS,
                        "%s refuses the credentials; correct %s and %s",
                        failure,
                        store.name(),
                        store.keyField(),
                        store.secretField());
            case 403 -> denied(text, isFile, operation, failure);
            case 404 -> isFile ? of(Diagnosis.VANISHED, "The file is gone", failure) : noBucket(operation, failure);
            case 412, 416 ->
                of(Diagnosis.CHANGED_DURING_READ, "The file is not the one that was listed any more", failure);
            case 429, 503 -> throttled(retryAfter, failure);
            default -> {
                if (status == 408 || status >= 500 && status != 501 && status != 505) {
                    yield transientError(Diagnosis.NETWORK, "%s failed on its side", failure, store.name());
                }
                if (text.toLowerCase(Locale.ROOT).contains("access key")) {
                    yield of(
                            Diagnosis.INVALID_CREDENTIALS,
                            "%s does not take such a key; correct %s",
                            failure,
                            store.name(),
                            store.keyField());
                }
                yield of(
                        isFile ? Diagnosis.UNSUPPORTED : Diagnosis.BROKEN_LISTING,
                        "%s refuses the request with status %d; see that the endpoint is an S3 store's",
                        failure,
                        store.name(),
                        status);
            }
        };
    }

    private SourceException unknownKey(RuntimeException failure) {
        return of(
                Diagnosis.INVALID_CREDENTIALS,
                "%s does not know the key; correct %s, and see that it belongs to this endpoint",
                failure,
                store.name(),
                store.keyField());
    }

    private SourceException wrongSignature(RuntimeException failure) {
        return of(
                Diagnosis.INVALID_CREDENTIALS,
                "%s refuses the signature; correct %s, or else the endpoint, region or path_style",
                failure,
                store.name(),
                store.secretField());
    }

    private SourceException throttled(@Nullable Duration retryAfter, RuntimeException failure) {
        return new SourceException(Diagnosis.THROTTLED, store.name() + " asks for patience", true, retryAfter, failure);
    }

    private SourceException denied(String text, boolean isFile, S3Operation operation, RuntimeException failure) {
        if (isFile && text.contains("kms:")) {
            return kms(failure);
        }
        if (CAP.matcher(text).find()) {
            return quota(failure);
        }
        if (operation.about() == About.TAGS) {
            return of(
                    Diagnosis.ACCESS_DENIED_READ,
                    "The credentials may not read tags; grant s3:GetObjectTagging on '%s'",
                    failure,
                    operation.bucket());
        }
        if (isFile) {
            return of(
                    Diagnosis.ACCESS_DENIED_READ,
                    "The credentials may not read the file; grant s3:GetObject on '%s'",
                    failure,
                    operation.bucket());
        }
        return operation.about() == About.ACCOUNT
                ? of(
                        Diagnosis.ACCESS_DENIED,
                        "The credentials may not list buckets; name a bucket to have that looked at",
                        failure)
                : listingDenied(operation, failure);
    }

    private SourceException listingDenied(S3Operation operation, RuntimeException failure) {
        String reach = facts.reach();
        if (reach != null) {
            return of(
                    Diagnosis.ACCESS_DENIED,
                    "The key may read only %s; name a path in that, or give another key",
                    failure,
                    reach);
        }
        boolean maySayWhoPays = store.hasRequesterPays() && !operation.offersToPay();
        return of(
                Diagnosis.ACCESS_DENIED,
                "The credentials may not list '%s'; grant s3:ListBucket on it, for this path too%s",
                failure,
                operation.bucket(),
                maySayWhoPays ? ", or set request_payer to requester where readers pay" : "");
    }

    private SourceException role(StsException refused) {
        String code = code(refused);
        if (refused.statusCode() == 429 || code.contains("Throttl")) {
            return new SourceException(
                    Diagnosis.THROTTLED, "AWS asks for patience with roles", true, retryAfter(refused), refused);
        }
        if (refused.statusCode() >= 500) {
            return transientError(Diagnosis.NETWORK, "AWS STS failed on its side", refused);
        }
        return of(
                Diagnosis.INVALID_CREDENTIALS,
                "The role cannot be assumed; correct credentials.role_arn and external_id, and have the role's trust policy "
                        + "name this service's account and that external id",
                refused);
    }

    private SourceException kms(RuntimeException failure) {
        return of(
                Diagnosis.KMS_DENIED,
                "The file is encrypted with a key that the credentials may not use; grant kms:Decrypt on it",
                failure);
    }

    private SourceException quota(RuntimeException failure) {
        return of(Diagnosis.QUOTA, "A cap of the account at %s is reached; raise it there", failure, store.name());
    }

    private SourceException noBucket(S3Operation operation, RuntimeException failure) {
        return of(
                Diagnosis.BUCKET_NOT_FOUND,
                "There is no bucket '%s' at %s; correct its name, or the endpoint or region",
                failure,
                operation.bucket(),
                endpoint);
    }

    private SourceException elsewhere(S3Operation operation, RuntimeException failure) {
        return region(failure)
                .map(region -> of(
                        Diagnosis.WRONG_REGION,
                        "'%s' lies in the region %s; set region to that",
                        failure,
                        operation.bucket(),
                        region))
                .orElseGet(() -> of(
                        Diagnosis.WRONG_REGION,
                        "'%s' lies in another region, which %s does not name; correct region",
                        failure,
                        operation.bucket(),
                        store.name()));
    }

    private static SourceException of(Diagnosis diagnosis, String message, Throwable cause, Object... values) {
        return new SourceException(diagnosis, message.formatted(values), false, null, cause);
    }

    private static SourceException transientError(
            Diagnosis diagnosis, String message, Throwable cause, Object... values) {
        return new SourceException(diagnosis, message.formatted(values), true, null, cause);
    }

    /** The store's error code; empty without one. */
    static String code(AwsServiceException failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static String message(AwsServiceException failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        return details == null || details.errorMessage() == null ? "" : details.errorMessage();
    }

    private @Nullable Duration retryAfter(AwsServiceException failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        if (details == null || details.sdkHttpResponse() == null) {
            return null;
        }
        String error =
                details.sdkHttpResponse().firstMatchingHeader("Retry-After").orElse(null);
        return RetryAfter.read(error, clock.instant());
    }

    private static Optional<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static boolean tookTooLong(Throwable failure) {
        return failure instanceof ApiCallAttemptTimeoutException
                || failure instanceof ApiCallTimeoutException
                || failure instanceof AbortedException
                || isCausedBy(failure, InterruptedIOException.class);
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        return cause(failure, type) != null;
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
