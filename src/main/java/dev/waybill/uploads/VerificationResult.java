package dev.waybill.uploads;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.ETag;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What looking at the bytes of an upload came to. */
sealed interface VerificationResult {

    /**
     * The bytes are what was announced.
     *
     * @param sha256 lower-case hexadecimal where it was proven
     */
    record Good(
            long sizeBytes,
            ETag etag,
            String mediaType,
            @Nullable String sha256,
            VerificationEvidence evidence) implements VerificationResult {

        /** The hash to show: SHA-256 where it is known, else the MD5 that the ETag is, else none. */
        @Nullable
        String hash() {
            return sha256 == null ? md5() : sha256;
        }

        /** Null when the ETag is no hash. */
        @Nullable
        String md5() {
            return etag.kind() == ETag.Kind.MD5 ? etag.value().toLowerCase(Locale.ROOT) : null;
        }
    }

    /** There is no object at the upload's key. */
    record Missing() implements VerificationResult {}

    /** The bytes are not what this confirm says, or cannot be looked at; the upload stays open. */
    record Refused(WaybillException why) implements VerificationResult {}

    /** The bytes can never become an object; the upload fails. */
    record Spoiled(WaybillException why) implements VerificationResult {}

    /** It takes longer than a request should: a task must look. */
    record TooBig() implements VerificationResult {}
}
