package dev.waybill.connectors.azure;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.azure.AzureOperation.About;
import dev.waybill.connectors.rest.PinnedRead;
import dev.waybill.connectors.rest.RestAnswer;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Maps Azure's error responses to diagnoses and messages, after
 * https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes and its page of common codes. Its error
 * codes and texts decide, and are never passed on: they contain what was signed.
 */
final class AzureErrors {

    private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9]{1,100})</Code>");

    private AzureErrors() {}

    /** @param isExpired whether the credentials are expired by their own expiry */
    static SourceException of(
            RestAnswer answer, AzureOperation question, boolean isExpired, @Nullable Duration retryAfter) {
        String code = code(answer);
        if (code.startsWith("KeyVault") || code.equals("BlobUsesCustomerSpecifiedEncryption")) {
            return new SourceException(
                    Diagnosis.KMS_DENIED,
                    "The file is encrypted with a key that cannot be used; see that the account's key vault lets it have the "
                            + "key, and that the file has no key of its own");
        }
        return switch (code) {
            case "AuthenticationFailed" -> unauthenticated(answer, isExpired);
            case "InvalidAuthenticationInfo", "NoAuthenticationInformation" -> notTaken(answer);
            case "AuthorizationPermissionMismatch",
                    "AuthorizationFailure",
                    "AuthorizationServiceMismatch",
                    "AuthorizationResourceTypeMismatch",
                    "AuthorizationProtocolMismatch",
                    "AuthorizationSourceIPMismatch",
                    "InsufficientAccountPermissions",
                    "PublicAccessNotPermitted" -> denied(question, code);
            case "KeyBasedAuthenticationNotPermitted" ->
                new SourceException(
                        Diagnosis.INVALID_CREDENTIALS,
                        "The account takes no keys and no signatures made with one; give an application's credentials");
            case "AccountIsDisabled" ->
                new SourceException(
                        Diagnosis.INVALID_CREDENTIALS, "The storage account is disabled; see to its subscription");
            case "ContainerNotFound", "ContainerBeingDeleted", "ContainerDisabled", "InvalidResourceName" ->
                noContainer(question);
            case "BlobNotFound" -> new SourceException(Diagnosis.VANISHED, "The file is gone");
            case "BlobArchived", "BlobBeingRehydrated" ->
                new SourceException(Diagnosis.ARCHIVED, "The file lies in an archive; rehydrate it first");
            case "ConditionNotMet", "InvalidRange" -> PinnedRead.changed(null);
            case "ServerBusy", "OperationTimedOut", "AccountLimitExceeded" -> throttled(retryAfter);
            case "InternalError" -> failed();
            default -> byStatus(answer.status(), question, retryAfter);
        };
    }

    /** Empty when it gives none. */
    static String code(RestAnswer answer) {
        String header = answer.header("x-ms-error-code");
        if (header != null) {
            return header;
        }
        Matcher code = CODE.matcher(answer.text());
        return code.find() ? code.group(1) : "";
    }

    private static SourceException unauthenticated(RestAnswer answer, boolean isExpired) {
        String text = answer.text().toLowerCase(Locale.ROOT);
        if (isExpired) {
            return new SourceException(
                    Diagnosis.EXPIRED_CREDENTIALS, "The shared access signature's time is over; give a new one");
        }
        if (text.contains("date header") || text.contains("specified time frame")) {
            return new SourceException(
                    Diagnosis.CLOCK_SKEW,
                    "Azure says that it is not the time for that signature; if it is, have the operator set the service's "
                            + "clock");
        }
        return notTaken(answer);
    }

    private static SourceException notTaken(RestAnswer answer) {
        return isBearer(answer)
                ? new SourceException(
                        Diagnosis.EXPIRED_CREDENTIALS,
                        "Azure does not take the token that the identity just got; see whether it was disabled")
                : invalid();
    }

    /** Requests with a token get a challenge with the token endpoint. */
    private static boolean isBearer(RestAnswer answer) {
        String challenge = answer.header("www-authenticate");
        return answer.status() == 401 && challenge != null && challenge.startsWith("Bearer");
    }

    private static SourceException invalid() {
        return new SourceException(
                Diagnosis.INVALID_CREDENTIALS,
                "Azure refuses the signature; correct credentials.account_key or sas_token, and see that it belongs to "
                        + "account_name");
    }

    private static SourceException denied(AzureOperation question, String code) {
        String where = code.equals("AuthorizationSourceIPMismatch") || code.equals("AuthorizationFailure")
                ? ", and let the service through the account's firewall"
                : "";
        return switch (question.about()) {
            case ACCOUNT ->
                new SourceException(
                        Diagnosis.ACCESS_DENIED,
                        "The credentials may not list containers; name one to have that looked at");
            case LISTING ->
                new SourceException(
                        Diagnosis.ACCESS_DENIED,
                        "The credentials may not list '%s'; grant Storage Blob Data Reader, or l for a signature%s"
                                .formatted(question.container(), where));
            case FILE ->
                new SourceException(
                        Diagnosis.ACCESS_DENIED_READ,
                        "The credentials may not read the file; grant Storage Blob Data Reader, or r for a signature, on '%s'"
                                        .formatted(question.container())
                                + where);
            case TAGS ->
                new SourceException(
                        Diagnosis.ACCESS_DENIED_READ,
                        "The credentials may not read tags; grant Storage Blob Data Owner, or t for a signature, on '%s'"
                                .formatted(question.container()));
        };
    }

    private static SourceException byStatus(int status, AzureOperation question, @Nullable Duration retryAfter) {
        boolean isFile = question.about() == About.FILE || question.about() == About.TAGS;
        return switch (status) {
            case 401 -> invalid();
            case 403 -> denied(question, "");
            case 404 -> isFile ? new SourceException(Diagnosis.VANISHED, "The file is gone") : noContainer(question);
            case 412, 416 -> PinnedRead.changed(null);
            case 429, 503 -> throttled(retryAfter);
            default -> {
                if (status == 408 || status >= 500 && status != 501 && status != 505) {
                    yield failed();
                }
                yield new SourceException(
                        isFile ? Diagnosis.UNSUPPORTED : Diagnosis.BROKEN_LISTING,
                        "Azure Blob Storage refuses the request with status %d; see that the endpoint is one of its own"
                                .formatted(status));
            }
        };
    }

    private static SourceException noContainer(AzureOperation question) {
        return new SourceException(
                Diagnosis.BUCKET_NOT_FOUND,
                "There is no container '%s' in the account; correct its name, or account_name"
                        .formatted(question.container()));
    }

    private static SourceException throttled(@Nullable Duration retryAfter) {
        return new SourceException(Diagnosis.THROTTLED, "Azure Blob Storage asks for patience", true, retryAfter, null);
    }

    private static SourceException failed() {
        return new SourceException(Diagnosis.NETWORK, "Azure Blob Storage failed on its side", true, null, null);
    }
}
