package dev.waybill.uploads.verification;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

@Schema(name = "Verification", description = "What was checked against the bytes in storage, and how.")
public record VerificationResponse(
        @Schema(description = "The size.") SizeCheck size,
        @Schema(description = "The ETag.") EtagCheck etag,

        @Schema(description = "The checksum, when there was a hash to prove.") @Nullable
        ChecksumCheck checksum,

        @Schema(description = "The media type that the first bytes show.", example = "image/jpeg")
        String detectedType,

        @Schema(description = "What text is encoded in; left out when it is no text.", example = "Shift_JIS") @Nullable
        String charset,

        @Schema(
                description =
                        "The Content-Encoding that the bytes were sent with and have. It is kept with them, and the"
                                + " detected type is what is inside.",
                example = "gzip")
        @Nullable
        String contentEncoding,

        @Schema(description = "The version that was verified, where the bucket keeps versions.") @Nullable
        String versionId) {

    @Schema(name = "SizeCheck", description = "The size that storage told.")
    record SizeCheck(
            @Schema(description = "In bytes.", example = "204800")
            long bytes,

            @Schema(description = "Whether it is the size that the client gave; left out when it gave none.") @Nullable
            Boolean match) {}

    @Schema(name = "EtagCheck", description = "The ETag that storage told.")
    record EtagCheck(
            @Schema(
                    description = "What it says: MD5 is the MD5 of the bytes, MULTIPART and OPAQUE are no hash.",
                    example = "MD5",
                    allowableValues = {"MD5", "MULTIPART", "OPAQUE"})
            String kind,

            @Schema(description = "Whether it is the ETag that the client gave; left out when it gave none.") @Nullable
            Boolean match) {}

    @Schema(name = "ChecksumCheck", description = "A hash of all the bytes.")
    record ChecksumCheck(
            @Schema(description = "Which.", example = "SHA256")
            String algorithm,

            @Schema(
                    description = "Who computed it: storage when the bytes came in, or Waybill by reading them back.",
                    example = "storage",
                    allowableValues = {"storage", "computed"})
            String source,

            @Schema(description = "Whether it is the hash that the client gave.", example = "true")
            boolean match) {}

    public static @Nullable VerificationResponse of(@Nullable VerificationEvidence evidence) {
        if (evidence == null) {
            return null;
        }
        VerificationEvidence.Checksum checksum = evidence.checksum();
        return new VerificationResponse(
                new SizeCheck(evidence.sizeBytes(), evidence.sizeMatch()),
                new EtagCheck(evidence.etagKind().name(), evidence.etagMatch()),
                checksum == null
                        ? null
                        : new ChecksumCheck(
                                checksum.algorithm(),
                                checksum.source().name().toLowerCase(Locale.ROOT),
                                checksum.match()),
                evidence.detectedType(),
                evidence.charset(),
                evidence.contentEncoding(),
                evidence.versionId());
    }
}
