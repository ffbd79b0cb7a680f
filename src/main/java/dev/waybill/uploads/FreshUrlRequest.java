package dev.waybill.uploads;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

@Schema(
        description = "How long a fresh URL is to work; the body may be left out.",
        example = "{\"presigned_url_expiration\": 3600}")
record FreshUrlRequest(
        @Schema(
                description = "For how many seconds from now on it works at least. Left out, for as long as the last"
                        + " one was asked for.",
                example = "3600")
        @Min(CreateUploadRequest.MIN_URL_SECONDS)
        @Max(CreateUploadRequest.MAX_URL_SECONDS)
        @Nullable
        Integer presignedUrlExpiration) {}
