package dev.waybill.local;

import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * Leaves half-deleted objects out of listings. S3Proxy reads the names in a folder first and then the metadata of each
 * file: one that was deleted in between is listed without an ETag, which no S3 server does.
 */
final class WholeListings extends ForwardingBlobStore {

    WholeListings(BlobStore store) {
        super(store);
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        ListObjectsV2Response listed = super.list(request);
        return listed.contents().stream().allMatch(object -> object.eTag() != null)
                ? listed
                : listed.toBuilder()
                        .contents(listed.contents().stream()
                                .filter(object ->
                                        object.eTag() != null || object.key().endsWith("/"))
                                .toList())
                        .build();
    }
}
