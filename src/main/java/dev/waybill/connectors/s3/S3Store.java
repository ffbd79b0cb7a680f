package dev.waybill.connectors.s3;

import dev.waybill.connectors.SourceContent.Algorithm;
import java.util.List;

/**
 * What of S3 a store does, and what its things are called.
 *
 * @param name as its users call it
 * @param keyField where the key's id stands in the settings
 * @param secretField where its secret stands
 * @param tellsChecksums whether reads may ask for the checksums that were stored; some refuse the very question
 * @param hasMd5 whether the ETag of a single, unencrypted PUT is its MD5
 * @param hasLargeFileSha1 whether what was uploaded in parts by the store's own API has its SHA-1 among the metadata; on
 *     others whoever wrote the file could have put that there
 * @param hasTags whether objects carry tags
 * @param hasVersions whether former versions are kept
 * @param tellsRestores whether listings say which archived objects can be read for now
 * @param hasRequesterPays whether readers may be made to pay
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
