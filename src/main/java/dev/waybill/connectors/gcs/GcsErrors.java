package dev.waybill.connectors.gcs;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.gcs.GcsOperation.About;
import dev.waybill.connectors.rest.PinnedRead;
import dev.waybill.connectors.rest.RestAnswer;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Maps Google's error responses to diagnoses and messages, after
 * https://cloud.google.com/storage/docs/json_api/v1/status-codes. Its reasons and texts decide, and are never passed
 * on: they may contain anything. For downloads, it often sends no more than a status and a line of text.
 */
final class GcsErrors {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private GcsErrors() {}

    /** Whether a 404 is for the bucket, and not for the file. */
    static boolean isOfBucket(RestAnswer answer) {
        return answer.text().toLowerCase(Locale.ROOT).contains("bucket does not exist");
    }

    /** Whether only the paying project is missing (requester pays). */
    static boolean isForPay(RestAnswer answer) {
        String reason = reason(answer);
        return reason.equals("userProjectMissing")
                || reason.equals("authenticationRequiredRequesterPays")
                || answer.status() == 400
                        && answer.text().toLowerCase(Locale.ROOT).contains("requester pays");
    }

    static SourceException of(RestAnswer answer, GcsOperation operation, @Nullable Duration retryAfter) {
        if (isForPay(answer)) {
            return new SourceException(
                    Diagnosis.REQUESTER_PAYS,
                    "Whoever reads '%s' pays for it; set user_project to the project that does"
                            .formatted(operation.bucket()));
        }
        String reason = reason(answer);
        String text = answer.text().toLowerCase(Locale.ROOT);
        if (reason.startsWith("cloudKms") || text.contains("cloudkms.cryptokeyversions.")) {
            return new SourceException(
                    Diagnosis.KMS_DENIED,
                    "The file is encrypted with a key that cannot be used; see that the key is enabled, and that Cloud "
                            + "Storage's own service agent has roles/cloudkms.cryptoKeyEncrypterDecrypter on it");
        }
        return switch (reason) {
            case "userProjectAccessDenied", "userProjectInvalid", "userProjectInconsistent" ->
                new SourceException(
                        Diagnosis.REQUESTER_PAYS,
                        "The service account may not have user_project pay; grant it "
                                + "roles/serviceusage.serviceUsageConsumer there, or correct user_project");
            case "userProjectAccountProblem" ->
                new SourceException(
                        Diagnosis.REQUESTER_PAYS,
                        "The project that is to pay cannot; see to the billing of user_project");
            case "accessNotConfigured" ->
                new SourceException(
                        Diagnosis.ACCESS_DENIED,
                        "The Cloud Storage API is not enabled in the service account's project; enable it there");
            case "resourceIsEncryptedWithCustomerEncryptionKey" -> keyOfItsOwn();
            case "rateLimitExceeded", "userRateLimitExceeded" -> throttled(retryAfter);
            case "dailyLimitExceeded", "quotaExceeded" ->
                new SourceException(
                        Diagnosis.QUOTA, "A quota of the project at Google Cloud is reached; raise it there");
            case "accountDisabled" ->
                new SourceException(
                        Diagnosis.INVALID_CREDENTIALS,
                        "The account that the bucket's project belongs to is disabled; see to its billing");
            default -> byStatus(answer, text, operation, retryAfter);
        };
    }

    static SourceException keyOfItsOwn() {
        return new SourceException(
                Diagnosis.KMS_DENIED,
                "The file is encrypted with a key of its own, which Google does not keep; store it without one");
    }

    private static SourceException byStatus(
            RestAnswer answer, String text, GcsOperation operation, @Nullable Duration retryAfter) {
        int status = answer.status();
        boolean isListing = operation.about() == About.LISTING;
        return switch (status) {
            case 401 ->
                new SourceException(
                        Diagnosis.EXPIRED_CREDENTIALS,
                        "Google Cloud Storage does not take the token that the service account just got; see whether the "
                                + "account was disabled or deleted");
            case 403 -> denied(operation);
            case 404 -> missing(answer, operation);
            case 412, 416 -> PinnedRead.changed(null);
            case 429, 503 -> throttled(retryAfter);
            default -> {
                if (status == 408 || status >= 500 && status != 501 && status != 505) {
                    yield new SourceException(
                            Diagnosis.NETWORK, "Google Cloud Storage failed on its side", true, null, null);
                }
                if (text.contains("invalid bucket name")) {
                    yield noBucket(operation);
                }
                yield new SourceException(
                        isListing ? Diagnosis.BROKEN_LISTING : Diagnosis.UNSUPPORTED,
                        "Google Cloud Storage refuses the request with status %d".formatted(status));
            }
        };
    }

    private static SourceException denied(GcsOperation operation) {
        return operation.about() == About.LISTING
                ? new SourceException(
                        Diagnosis.ACCESS_DENIED,
                        "The service account may not list '%s'; grant it roles/storage.objectViewer there"
                                .formatted(operation.bucket()))
                : new SourceException(
                        Diagnosis.ACCESS_DENIED_READ,
                        "The service account may not read the file; grant it roles/storage.objectViewer on '%s'"
                                .formatted(operation.bucket()));
    }

    private static SourceException missing(RestAnswer answer, GcsOperation operation) {
        if (operation.about() == About.LISTING || isOfBucket(answer)) {
            return noBucket(operation);
        }
        return operation.about() == About.BYTES
                // It existed a moment ago, so only that generation is gone.
                ? PinnedRead.changed(null)
                : new SourceException(Diagnosis.VANISHED, "The file is gone");
    }

    private static SourceException noBucket(GcsOperation operation) {
        return new SourceException(
                Diagnosis.BUCKET_NOT_FOUND,
                "There is no bucket '%s' at Google Cloud Storage, or the service account may not know of it; correct its name"
                        .formatted(operation.bucket()));
    }

    private static SourceException throttled(@Nullable Duration retryAfter) {
        return new SourceException(
                Diagnosis.THROTTLED, "Google Cloud Storage asks for patience", true, retryAfter, null);
    }

    /** The first reason in the response; empty when there is none. */
    private static String reason(RestAnswer answer) {
        try {
            return JSON.readTree(answer.body())
                    .path("error")
                    .path("errors")
                    .path(0)
                    .path("reason")
                    .asString("");
        } catch (JacksonException text) {
            return "";
        }
    }
}
