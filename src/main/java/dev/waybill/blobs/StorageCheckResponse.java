package dev.waybill.blobs;

import dev.waybill.platform.storage.StorageProfile;
import dev.waybill.platform.storage.StorageProfile.Answer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** Response of the storage check: which rules the bucket enforces. */
@Schema(name = "StorageCheckResponse")
record StorageCheckResponse(
        @Schema(description = "When it was asked.", example = "2026-11-27T09:30:00Z")
        Instant checkedAt,

        @Schema(description = "One for each rule.") List<Found> rules) {

    /** The finding on one rule. */
    @Schema(name = "StorageRule")
    record Found(
            @Schema(
                    description = "Which one: `signed_copy_source`, `signed_acl`, `content_type`, `content_length`,"
                            + " `sha256`, `write_once`, `copy_if_match`, `versioning` or `cors`.",
                    example = "signed_copy_source")
            String rule,

            @Schema(
                    description = "`UNKNOWN` where storage could not be asked, or its answer does not tell.",
                    example = "ENFORCED")
            Answer answer,

            @Schema(
                    description = "What storage did, in a sentence.",
                    example = "A PUT with an unsigned x-amz-copy-source was refused.")
            String message) {}

    static StorageCheckResponse of(StorageProfile profile) {
        return new StorageCheckResponse(
                profile.probedAt(),
                profile.findings().entrySet().stream()
                        .map(found -> new Found(
                                found.getKey().wire(),
                                found.getValue().answer(),
                                found.getValue().sentence()))
                        .toList());
    }
}
