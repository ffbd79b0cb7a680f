package dev.waybill.uploads;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.ETag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What looking at the bytes of an upload came to. */
sealed interface Verdict {

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
            Evidence evidence) implements Verdict {

        /** The hash to show: SHA-256 where it is known, else the MD5 that the ETag is, else none. */
        @Nullable
        String hash() {
            if (sha256 != null) {
                return sha256;
            }
            return etag.kind() == ETag.Kind.MD5 ? etag.value() : null;
        }

        /** What the bytes are known by, for finding duplicates; empty when nothing identifies them. */
        List<String> contents() {
            List<String> contents = new ArrayList<>(2);
            if (etag.kind() == ETag.Kind.MD5) {
                contents.add("md5:" + etag.value() + ":" + sizeBytes);
            }
            if (sha256 != null) {
                contents.add(content(sha256));
            }
            return contents;
        }

        static String content(String sha256) {
            return "sha256:" + sha256;
        }
    }

    /** There is no object at the upload's key. */
    record Missing() implements Verdict {}

    /** The bytes are not what this confirm says; the upload stays open. */
    record Refused(WaybillException why) implements Verdict {}

    /** The bytes can never become an object; the upload fails. */
    record Spoiled(WaybillException why) implements Verdict {}

    /** It takes longer than a request should: a task must look. */
    record TooBig() implements Verdict {}
}
