package dev.waybill.platform.storage.s3;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.PartTerms;
import dev.waybill.platform.storage.PresignedUrl;
import dev.waybill.platform.storage.PutTerms;
import dev.waybill.platform.storage.UrlSigner;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Signs URLs that write with a credential that can do nothing else: whatever a client makes of such a URL, no server
 * lets it read, or write elsewhere.
 */
final class TwoCredentialsUrlSigner implements UrlSigner {

    private final UrlSigner uploads;
    private final UrlSigner downloads;

    TwoCredentialsUrlSigner(UrlSigner uploads, UrlSigner downloads) {
        this.uploads = uploads;
        this.downloads = downloads;
    }

    @Override
    public PresignedUrl put(PutTerms terms) {
        return uploads.put(terms);
    }

    @Override
    public PresignedUrl part(PartTerms terms) {
        return uploads.part(terms);
    }

    @Override
    public PresignedUrl get(ObjectKey key, Duration lifetime, @Nullable String downloadName) {
        return downloads.get(key, lifetime, downloadName);
    }

    @Override
    public String toString() {
        return "TwoCredentialsUrlSigner{" + downloads + "}";
    }
}
