package dev.waybill.connectors.azure;

import com.azure.storage.common.StorageSharedKeyCredential;
import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.FakeServer.Seen;
import dev.waybill.testing.Confidential;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Authorizes requests to the account: with a signature of its key, as by Azure's own library, the one shared access
 * signature, or a token of Entra's. After
 * https://learn.microsoft.com/rest/api/storageservices/authorize-requests-to-azure-storage.
 *
 * @param endpoint of the account
 */
record FakeAuthorization(String endpoint, FakeEntra entra) {

    static final String SIGNATURE = Confidential.secret("c2lnbmF0dXJlb2Z0aGVmYWtl%3D");

    /** A shared access signature of a container. */
    static String sas(String permissions, Instant until) {
        return "sv=2021-12-02&sr=c&sp=%s&se=%s&sig=%s"
                .formatted(permissions, until.truncatedTo(ChronoUnit.SECONDS), SIGNATURE);
    }

    /** The error response; null for authorized requests. */
    @Nullable
    Answer refusal(Seen request) {
        if (!request.headers().containsKey("x-ms-version")) {
            return FakeAzure.error(400, "MissingRequiredHeader", "x-ms-version");
        }
        String authorization = request.headers().getOrDefault("Authorization", "");
        if (authorization.startsWith("SharedKey ")) {
            return isInTime(request) ? signed(request, authorization) : skewed();
        }
        if (authorization.startsWith("Bearer ")) {
            return entra.knows(authorization.substring(7))
                    ? null
                    : FakeAzure.error(
                            401,
                            "InvalidAuthenticationInfo",
                            "Lifetime validation failed.",
                            "WWW-Authenticate",
                            "Bearer authorization_uri=https://login.example.com/t resource_id=https://storage.azure.com");
        }
        return request.query().containsKey("sig")
                ? sas(request)
                : FakeAzure.error(401, "NoAuthenticationInformation", "Server failed to authenticate the request.");
    }

    private static Answer skewed() {
        return FakeAzure.error(
                403, "AuthenticationFailed", "Request date header too old: 'Fri, 27 Nov 2026 00:00:00 GMT'");
    }

    private static boolean isInTime(Seen request) {
        try {
            Instant signed = ZonedDateTime.parse(
                            request.headers().getOrDefault("x-ms-date", ""), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Duration.between(signed, Instant.now()).abs().compareTo(Duration.ofMinutes(15)) < 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private @Nullable Answer signed(Seen request, String authorization) {
        return authorization.equals(signature(endpoint + request.uri(), request.headers()))
                ? null
                : FakeAzure.error(
                        403, "AuthenticationFailed", "The MAC signature found in the HTTP request is not the same");
    }

    /** As computed by Azure's own library. */
    static String signature(String url, Map<String, String> headers) {
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        // It treats an absent one as the text null.
        lower.put("content-length", "0");
        try {
            return new StorageSharedKeyCredential(FakeAzure.ACCOUNT, FakeAzure.KEY)
                    .generateAuthorizationHeader(URI.create(url).toURL(), "GET", lower);
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Answer sas(Seen request) {
        Map<String, String> query = request.query();
        String wanted = request.segment(2).isEmpty() ? "l" : "tags".equals(query.get("comp")) ? "t" : "r";
        if (!SIGNATURE.replace("%3D", "=").equals(query.get("sig"))
                || request.segment(1).isEmpty()) {
            return FakeAzure.error(403, "AuthenticationFailed", "Signature did not match. String to sign used was rl");
        }
        if (Instant.parse(query.get("se")).isBefore(Instant.now())) {
            return FakeAzure.error(403, "AuthenticationFailed", "Signature not valid in the specified time frame");
        }
        return query.get("sp").contains(wanted)
                ? null
                : FakeAzure.error(403, "AuthorizationPermissionMismatch", "This request is not authorized");
    }
}
