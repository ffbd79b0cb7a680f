package dev.waybill.platform.storage.s3;

import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StorageException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Maps the SDK's exceptions to {@link StorageException}s. No caller reads a status code. */
final class S3Failures {

    private S3Failures() {}

    /** The failure as a {@link StorageException}, with the SDK's as its cause. */
    static StorageException translate(SdkException failure) {
        return new StorageException(kind(failure), failure);
    }

    /** The same for a request that changes something: it may have arrived though no answer came. */
    static StorageException translateWrite(SdkException failure) {
        Kind kind = kind(failure);
        return new StorageException(kind == Kind.UNAVAILABLE && mayHaveArrived(failure) ? Kind.UNKNOWN : kind, failure);
    }

    /** Whether S3 says that the object is not there. A missing bucket is none of that: someone set it up wrongly. */
    static boolean isAbsent(AwsServiceException failure) {
        return failure.statusCode() == 404 && !"NoSuchBucket".equals(code(failure));
    }

    /** S3's own code such as {@code NoSuchUpload}; null where the answer had none, as with HEAD. */
    static @Nullable String code(AwsServiceException failure) {
        return failure.awsErrorDetails() == null
                ? null
                : failure.awsErrorDetails().errorCode();
    }

    /** What a code inside a 200 means, as DeleteObjects returns it for each key. */
    static Kind kindOf(@Nullable String code) {
        return switch (code == null ? "" : code) {
            case "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken" -> Kind.DENIED;
            case "InternalError", "SlowDown", "ServiceUnavailable", "RequestTimeout", "OperationAborted" ->
                Kind.UNAVAILABLE;
            default -> Kind.BROKEN;
        };
    }

    static boolean isThrottling(Throwable failure) {
        return failure instanceof AwsServiceException e
                && (e.statusCode() == 429 || e.statusCode() == 503 || e.isThrottlingException());
    }

    static boolean isRetryable(Throwable failure) {
        return failure instanceof SdkException e && kind(e) == Kind.UNAVAILABLE && !tookTooLong(e);
    }

    private static Kind kind(SdkException failure) {
        if (failure instanceof AwsServiceException service) {
            return kind(service.statusCode(), code(service));
        }
        boolean away = tookTooLong(failure) || isCausedBy(failure, IOException.class);
        return away ? Kind.UNAVAILABLE : Kind.BROKEN;
    }

    private static Kind kind(int status, @Nullable String code) {
        Kind known = kindOf(code);
        if (known != Kind.BROKEN) {
            return known;
        }
        return switch (status) {
            case 401, 403 -> Kind.DENIED;
            case 408, 429 -> Kind.UNAVAILABLE;
            case 501, 505 -> Kind.BROKEN; // the provider has no such operation, and will have none in a minute
            default -> status >= 500 ? Kind.UNAVAILABLE : Kind.BROKEN;
        };
    }

    private static boolean mayHaveArrived(SdkException failure) {
        if (failure instanceof AwsServiceException service) {
            return service.statusCode() == 502 || service.statusCode() == 504; // of a proxy that lost S3's answer
        }
        return !isCausedBy(failure, ConnectException.class) && !isCausedBy(failure, UnknownHostException.class);
    }

    private static boolean tookTooLong(SdkException failure) {
        return failure instanceof ApiCallAttemptTimeoutException
                || failure instanceof ApiCallTimeoutException
                || failure instanceof AbortedException
                || isCausedBy(failure, InterruptedIOException.class);
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
