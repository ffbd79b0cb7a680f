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

/** What an answer says of all of a file's bytes. */
final class S3Checksums {

    private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern SHA1 = Pattern.compile("[0-9a-fA-F]{40}");
    private static final Pattern MULTIPART = Pattern.compile(".*-[0-9]{1,5}");

    /** Where Backblaze keeps the SHA-1 of what was uploaded in parts by its own API. */
    private static final String B2_SHA1 = "large_file_sha1";

    private S3Checksums() {}

    static List<Checksum> of(GetObjectResponse told, Map<String, String> metadata, S3Store store) {
        String etag = String.valueOf(S3Version.bare(told.eTag()));
        List<Checksum> checksums = new ArrayList<>();
        // Where it is not said whether they are of the whole, those of multipart uploads may be of the parts'
        // checksums.
        boolean isWhole = told.checksumType() == null
                ? !MULTIPART.matcher(etag).matches()
                : told.checksumType() == ChecksumType.FULL_OBJECT;
        if (isWhole) {
            add(checksums, Algorithm.CRC32, told.checksumCRC32());
            add(checksums, Algorithm.CRC32C, told.checksumCRC32C());
            add(checksums, Algorithm.CRC64NVME, told.checksumCRC64NVME());
            add(checksums, Algorithm.SHA1, told.checksumSHA1());
            add(checksums, Algorithm.SHA256, told.checksumSHA256());
        }
        String sha1 = store.hasLargeFileSha1() ? metadata.getOrDefault(B2_SHA1, "") : "";
        if (SHA1.matcher(sha1).matches()) {
            checksums.add(new Checksum(Algorithm.SHA1, sha1.toLowerCase(Locale.ROOT)));
        } else if (store.hasMd5() && MD5.matcher(etag).matches() && !isEncrypted(told)) {
            checksums.add(new Checksum(Algorithm.MD5, etag.toLowerCase(Locale.ROOT)));
        }
        return checksums;
    }

    /** In a way that makes the ETag no hash of the bytes. */
    private static boolean isEncrypted(GetObjectResponse told) {
        boolean isByKms =
                told.serverSideEncryption() != null && told.serverSideEncryption() != ServerSideEncryption.AES256;
        return isByKms || told.sseCustomerAlgorithm() != null;
    }

    private static void add(List<Checksum> checksums, Algorithm algorithm, @Nullable String base64) {
        if (base64 == null || base64.contains("-")) {
            return;
        }
        try {
            checksums.add(new Checksum(
                    algorithm, HexFormat.of().formatHex(Base64.getDecoder().decode(base64))));
        } catch (IllegalArgumentException unreadable) {
            // It says nothing.
        }
    }
}
