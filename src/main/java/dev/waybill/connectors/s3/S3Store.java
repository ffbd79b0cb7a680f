package dev.waybill.connectors.s3;

import dev.waybill.connectors.SourceContent.Algorithm;
import java.util.List;

/**
 * The S3 features of a store, and the names of its settings.
 *
 * @param name for messages
 * @param keyField the setting of the key's id
 * @param secretField the setting of its secret
 * @param tellsChecksums whether reads may request the stored checksums; some stores reject the request
 * @param hasMd5 whether the ETag of a single, unencrypted PUT is its MD5
 * @param hasLargeFileSha1 whether files that were uploaded in parts by the store's own API have their SHA-1 in the
 *     metadata; on others the file's writer could have set it
 * @param hasTags whether objects carry tags
 * @param hasVersions whether former versions are stored
 * @param tellsRestores whether listings contain which archived objects are restored
 * @param hasRequesterPays whether requester-pays buckets exist
 */
record S3Store(
        String name,
        String keyField,
        String secretField,
        boolean tellsChecksums,
        boolean hasMd5,
        boolean hasLargeFileSha1,
        boolean hasTags,
        boolean hasVersions,
        boolean tellsRestores,
        boolean hasRequesterPays) {

    List<Algorithm> checksums() {
        if (tellsChecksums) {
            return List.of(
                    Algorithm.CRC32,
                    Algorithm.CRC32C,
                    Algorithm.CRC64NVME,
                    Algorithm.MD5,
                    Algorithm.SHA1,
                    Algorithm.SHA256);
        }
        return hasMd5 ? List.of(Algorithm.MD5) : List.of();
    }
}
