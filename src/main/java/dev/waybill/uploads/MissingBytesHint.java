package dev.waybill.uploads;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Builds the 404 of a confirm whose bytes are not in storage: likely causes, and what to do. */
@Component
class MissingBytesHint {

    private static final String FRESH_URL = "/v1/buckets/%s/uploads/%s/url";

    private static final String STORAGE_ERRORS =
            " If storage refused the PUT: 403 means that the URL expired, or that a header differs from"
                    + " required_headers, such as Content-Type or Content-Length; 412 that something was PUT there"
                    + " already (sealed uploads); 400 that the bytes do not have the announced SHA-256 or length.";

    private final UploadLifetime life;
    private final UploadUrls urls;

    MissingBytesHint(UploadLifetime life, UploadUrls urls) {
        this.life = life;
        this.urls = urls;
    }

    WaybillException of(UploadEntity upload) {
        boolean expired = life.isExpired(upload);
        boolean renewable = life.isRenewable(upload);
        String freshUrl = FRESH_URL.formatted(upload.bucket(), upload.id());
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("resource", "file");
        details.put("id", upload.id().value());
        details.put("url_expired", expired);
        details.put(
                expired ? "url_expired_at" : "expires_at", upload.expiresAt().toString());
        // They are the same for every URL of the upload.
        details.put("required_headers", urls.put(upload).settableHeaders());
        if (renewable) {
            details.put("fresh_url", freshUrl);
        }
        String reason = expired ? expired(upload, freshUrl, renewable) : waiting(upload, freshUrl, renewable);
        return new WaybillException(
                ErrorCode.NOT_IN_STORAGE,
                "The file of upload '%s' was not found in storage%s".formatted(upload.id(), reason),
                details);
    }

    private String expired(UploadEntity upload, String freshUrl, boolean renewable) {
        String since = ", and its presigned URL expired at %s".formatted(upload.expiresAt());
        return renewable
                ? since
                        + ". Get a fresh one by POST %s until %s, PUT the file there with every header of required_headers, and confirm again."
                                .formatted(freshUrl, life.renewableUntil(upload))
                        + STORAGE_ERRORS
                : since + ", too long ago for a fresh one. Create a new upload." + STORAGE_ERRORS;
    }

    private static String waiting(UploadEntity upload, String freshUrl, boolean renewable) {
        return ". PUT it to the presigned URL, which works until %s, with every header of required_headers, and confirm again."
                        .formatted(upload.expiresAt())
                + STORAGE_ERRORS
                + (renewable ? " POST %s gives a fresh URL.".formatted(freshUrl) : "");
    }
}
