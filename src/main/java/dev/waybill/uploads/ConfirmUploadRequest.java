package dev.waybill.uploads;

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

        @Schema(description = "How many bytes were put.", example = "204800") @Min(1) @Nullable
        Long fileSizeBytes,

        @Schema(description = "Not supported yet: true is refused.", defaultValue = "false") @Nullable
        Boolean autoSubmitBatch) {

    static final ConfirmUploadRequest EMPTY = new ConfirmUploadRequest(null, null, null);

    Claimed claimed() {
        return new Claimed(etag, fileSizeBytes);
    }
}
