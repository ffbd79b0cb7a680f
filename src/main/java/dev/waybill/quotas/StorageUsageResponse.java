package dev.waybill.quotas;

import dev.waybill.platform.tenancy.OrganizationId;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The storage usage of an organization, in responses. */
@Schema(name = "OrganizationUsage")
record StorageUsageResponse(
        @Schema(description = "The organization's id.", example = "org_0VXsK2aQ3nB8xYz1")
        String organizationId,

        @Schema(description = "Bytes of files that are there.", example = "734003200")
        long usedBytes,

        @Schema(
                description =
                        "Bytes that were announced and did not come yet: of open uploads with a `file_size_bytes`,"
                                + " of agents' files, and of what is being written just now. They count against the quota until the file is there, or its upload has"
                                + " ended.",
                example = "52428800")
        long reservedBytes,

        @Nullable
        @Schema(description = "The storage quota in bytes. Left out: without bound.", example = "1099511627776")
        Long limitBytes,

        @Nullable
        @Schema(
                description = "Bytes that can still be stored or announced. Left out: without bound.",
                example = "1098725195776")
        Long remainingBytes) {

    /** @param limit null where there is none */
    static StorageUsageResponse of(OrganizationId organization, StoredFiles.Sum sum, @Nullable Long limit) {
        Long remaining = limit == null ? null : Math.max(0, limit - sum.total());
        return new StorageUsageResponse(organization.value(), sum.used(), sum.reserved(), limit, remaining);
    }
}
