package dev.waybill.uploads;

import dev.waybill.uploads.verification.ConfirmExpectations;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

@Schema(
        description = "What the client knows of the bytes it put; every field may be left out, the body too.",
        example = "{\"etag\": \"\\\"d41d8cd98f00b204e9800998ecf8427e\\\"\", \"file_size_bytes\": 204800}")
record ConfirmUploadRequest(
        @Schema(
                description = "The ETag that the PUT returned; quotes and case make no difference.",
                example = "\"d41d8cd98f00b204e9800998ecf8427e\"")
        @Size(min = 1, max = 1024)
        @Nullable
        String etag,

        @Schema(description = "How many bytes were put.", example = "204800") @Min(0) @Nullable
        Long fileSizeBytes,

        @Schema(
                description = "Whether the new object is processed at once, by a batch of its own: the answer to the"
                        + " confirm names it. Without effect for duplicates, or when no object is made.",
                defaultValue = "false")
        @Nullable
        Boolean autoSubmitBatch) {

    static final ConfirmUploadRequest EMPTY = new ConfirmUploadRequest(null, null, null);

    boolean submitsBatch() {
        return autoSubmitBatch != null && autoSubmitBatch;
    }

    ConfirmExpectations expectations() {
        return new ConfirmExpectations(etag, fileSizeBytes);
    }
}
