package dev.waybill.uploads.verification;

import dev.waybill.buckets.PropertyChoice;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.ETag;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.StoredObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The result of verifying the bytes of an upload in storage. */
public sealed interface VerificationResult {

    /**
     * The bytes are as declared.
     *
     * @param movedTo the property that the bytes fit, when it is another than the upload was created for; null
     *     otherwise
     * @param sha256 lower-case hexadecimal where it was verified
     * @param promoted the promoted copy at its final key; null when they were not promoted, as the bucket has them
     *     already
     */
    record Good(
            long sizeBytes,
            ETag etag,
            String mediaType,
            @Nullable PropertyChoice movedTo,
            @Nullable String sha256,
            VerificationEvidence evidence,
            @Nullable StoredObject promoted)
            implements VerificationResult {

        Good promoted(StoredObject object) {
            return new Good(sizeBytes, etag, mediaType, movedTo, sha256, evidence, object);
        }

        /** The final key; null when the bytes were not promoted. */
        @Nullable
        public ObjectKey key() {
            return promoted == null ? null : promoted.key();
        }

        /** The hash to show: SHA-256 where it is known, else the MD5 in the ETag, else none. */
        @Nullable
        public String hash() {
            return sha256 == null ? md5() : sha256;
        }

        /** Null when the ETag is no hash. */
        @Nullable
        public String md5() {
            return etag.kind() == ETag.Kind.MD5 ? etag.value().toLowerCase(Locale.ROOT) : null;
        }
    }

    /** There is no object at the upload's key. */
    record Missing() implements VerificationResult {}

    /** The bytes are not what this confirm expects, or cannot be verified now; the upload stays open. */
    record Refused(WaybillException why) implements VerificationResult {}

    /** The bytes can never become an object; the upload fails. */
    record Spoiled(WaybillException why) implements VerificationResult {}

    /** It takes longer than a request should: a task must verify it. */
    record TooBig() implements VerificationResult {}
}
