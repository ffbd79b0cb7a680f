package dev.waybill.uploads;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Schema(
        description = "A file that a client wants to upload.",
        example = "{\"filename\": \"photo.jpg\", \"content_type\": \"image/jpeg\", \"file_size_bytes\": 204800}")
record CreateUploadRequest(
        @Schema(
                description =
                        "Its name, without path parts, control characters and those that change the direction of writing.",
                example = "photo.jpg")
        @NotNull
        @Size(min = 1, max = 255)
        String filename,

        @Schema(
                description =
                        "Its media type, as browsers and programs call it: aliases and parameters are understood. Empty,"
                                + " and what is no media type, such as null, undefined, csv and image/*, is"
                                + " application/octet-stream. The presigned PUT must be made with the Content-Type of"
                                + " required_headers, which is this very one otherwise. What is certainly none for the"
                                + " property, such as image/png for text, is refused here; else confirm goes by the bytes:"
                                + " this and the filename choose among what the bytes allow.",
                example = "image/jpeg")
        @NotNull
        @Size(max = 255)
        String contentType,

        @Schema(
                description = "Its size in bytes. When given it is signed, so that storage refuses a body of another"
                        + " length; it is checked against the plan, and reserved in the organization's storage quota, at"
                        + " once. Without it the quota is looked at when the upload is confirmed. 0 is taken by properties"
                        + " of type text, document and binary, and by json for JSON Lines; the others take no empty file,"
                        + " which is told here when the size is given, else at confirm.",
                example = "204800")
        @Min(0)
        @Nullable
        Long fileSizeBytes,

        @Schema(description = "How long the URL works, in seconds.", defaultValue = "3600", example = "3600")
        @Min(MIN_URL_SECONDS)
        @Max(MAX_URL_SECONDS)
        @Nullable
        Integer presignedUrlExpiration,

        @Schema(description = "Anything to keep with the upload.", example = "{\"campaign\": \"spring\"}") @Nullable
        Map<String, @Nullable Object> metadata,

        @Schema(description = "Whether confirming makes a bucket object.", defaultValue = "true") @Nullable
        Boolean createObjectOnConfirm,

        @Schema(
                description = "Metadata of the object that confirm makes; values of declared properties are checked"
                        + " against the bucket's schema.",
                example = "{\"sku\": \"A-17\"}")
        @Nullable
        Map<String, @Nullable Object> objectMetadata,

        @Schema(
                description = "The schema's property that the file fills. Left out, it is the one that the file is"
                        + " named after, else the only one that takes such a file, a narrow one such as an image before"
                        + " a wide one such as a binary. Confirm then moves the file to another property if its bytes"
                        + " fit that and not this one, unless they are something else than type and name say; several"
                        + " that take it are named in the error. What is named here stays.",
                example = "hero_image")
        @Pattern(regexp = "^[a-zA-Z0-9_]+$")
        @Nullable
        String blobProperty,

        @Schema(description = "The type that the property must have, in any case.", example = "image") @Nullable
        String blobType,

        @Schema(
                description = "SHA-256 of the bytes in lower-case hexadecimal. Confirm proves it.",
                example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        @Pattern(regexp = "^[a-f0-9]{64}$")
        @Nullable
        String fileHash,

        @Schema(
                description =
                        "Whether bytes that the bucket has already are told as a duplicate instead of kept twice.",
                defaultValue = "true")
        @Nullable
        Boolean skipDuplicates,

        @Schema(
                description =
                        "Signs the checksum (with file_hash) and If-None-Match too, so that storage itself refuses"
                                + " other bytes and a second PUT. The client must send every header of required_headers.",
                defaultValue = "false")
        @Nullable
        Boolean sealed,

        @Schema(
                description = "Whether the upload is confirmed when it expires, if its bytes are there by then.",
                defaultValue = "false")
        @Nullable
        Boolean autoConfirm,

        @Schema(
                description = "Whether the new object is processed at once, by a batch of its own: the answer to the"
                        + " confirm names it. Without effect for duplicates, or when no object is made.",
                defaultValue = "false")
        @Nullable
        Boolean autoSubmitBatch) {

    /** Shortest lifetime of a presigned URL, in seconds. */
    static final int MIN_URL_SECONDS = 60;

    /** Longest lifetime of a presigned URL, in seconds. */
    static final int MAX_URL_SECONDS = 86_400;

    private static final int DEFAULT_EXPIRATION = 3600;

    int expirationSeconds() {
        return presignedUrlExpiration == null ? DEFAULT_EXPIRATION : presignedUrlExpiration;
    }

    boolean createsObject() {
        return createObjectOnConfirm == null || createObjectOnConfirm;
    }

    boolean skipsDuplicates() {
        return skipDuplicates == null || skipDuplicates;
    }

    boolean isSealed() {
        return sealed != null && sealed;
    }

    boolean confirmsItself() {
        return autoConfirm != null && autoConfirm;
    }

    boolean submitsBatch() {
        return autoSubmitBatch != null && autoSubmitBatch;
    }

    CreateUploadRequest withMetadata(
            @Nullable Map<String, @Nullable Object> newMetadata,
            @Nullable Map<String, @Nullable Object> newObjectMetadata) {
        return new CreateUploadRequest(
                filename,
                contentType,
                fileSizeBytes,
                presignedUrlExpiration,
                newMetadata,
                createObjectOnConfirm,
                newObjectMetadata,
                blobProperty,
                blobType,
                fileHash,
                skipDuplicates,
                sealed,
                autoConfirm,
                autoSubmitBatch);
    }
}
