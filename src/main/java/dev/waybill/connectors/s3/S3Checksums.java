package dev.waybill.connectors.s3;

import dev.waybill.connectors.SourceContent.Algorithm;
import dev.waybill.connectors.SourceContent.Checksum;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Reads the checksums of a whole file from a response. */
final class S3Checksums {

    private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern SHA1 = Pattern.compile("[0-9a-fA-F]{40}");
    private static final Pattern MULTIPART = Pattern.compile(".*-[0-9]{1,5}");

    /** The metadata with the SHA-1 of large files that were uploaded by Backblaze's own API. */
    private static final String B2_SHA1 = "large_file_sha1";

    private S3Checksums() {}

    static List<Checksum> of(GetObjectResponse response, Map<String, String> metadata, S3Store store) {
        String etag = String.valueOf(S3Version.bare(response.eTag()));
        List<Checksum> checksums = new ArrayList<>();
        // Without a checksum type, those of multipart uploads may be of the parts' checksums.
        boolean isWhole = response.checksumType() == null
                ? !MULTIPART.matcher(etag).matches()
                : response.checksumType() == ChecksumType.FULL_OBJECT;
        if (isWhole) {
            add(checksums, Algorithm.CRC32, response.checksumCRC32());
            add(checksums, Algorithm.CRC32C, response.checksumCRC32C());
            add(checksums, Algorithm.CRC64NVME, response.checksumCRC64NVME());
            add(checksums, Algorithm.SHA1, response.checksumSHA1());
            add(checksums, Algorithm.SHA256, response.checksumSHA256());
        }
        String sha1 = store.hasLargeFileSha1() ? metadata.getOrDefault(B2_SHA1, "") : "";
        if (SHA1.matcher(sha1).matches()) {
            checksums.add(new Checksum(Algorithm.SHA1, sha1.toLowerCase(Locale.ROOT)));
        } else if (store.hasMd5() && MD5.matcher(etag).matches() && !isEncrypted(response)) {
            checksums.add(new Checksum(Algorithm.MD5, etag.toLowerCase(Locale.ROOT)));
        }
        return checksums;
    }

    /** Encrypted so that the ETag is no hash of the bytes. */
    private static boolean isEncrypted(GetObjectResponse response) {
        boolean isByKms = response.serverSideEncryption() != null
                && response.serverSideEncryption() != ServerSideEncryption.AES256;
        return isByKms || response.sseCustomerAlgorithm() != null;
    }

    private static void add(List<Checksum> checksums, Algorithm algorithm, @Nullable String base64) {
        if (base64 == null || base64.contains("-")) {
            return;
        }
        try {
            checksums.add(new Checksum(
                    algorithm, HexFormat.of().formatHex(Base64.getDecoder().decode(base64))));
        } catch (IllegalArgumentException unreadable) {
            // An invalid checksum is ignored.
        }
    }
}
