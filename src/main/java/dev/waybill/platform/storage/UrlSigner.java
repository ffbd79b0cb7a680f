package dev.waybill.platform.storage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Presigns URLs for clients, for the host that clients reach storage under. Signing is arithmetic: it never blocks. */
public interface UrlSigner {

    /** A presigned URL to PUT an object to; the answer lists every header that the client must send with it. */
    PresignedUrl put(PutTerms terms);

    /** A URL to PUT one part of a multipart upload to. */
    PresignedUrl part(PartTerms terms);

    /**
     * A URL to GET an object from.
     *
     * @param lifetime 1 s to 7 days
     * @param downloadName when given, browsers save the bytes under this name
     */
    PresignedUrl get(ObjectKey key, Duration lifetime, @Nullable String downloadName);
}
