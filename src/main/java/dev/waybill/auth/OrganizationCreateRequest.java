package dev.waybill.auth;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Body of the foundation of an organization. */
record OrganizationCreateRequest(
        @NotNull @Size(min = 1, max = 100) @Schema(example = "Analytical Engines")
        String organizationName,

        @Nullable @Schema(description = "`free` when left out.", example = "pro")
        Plan plan,

        @Nullable @Min(0) @Schema(description = "Bytes; left out: without bound.", example = "1099511627776")
        Long storageQuotaBytes,

        @NotNull @Email @Size(min = 3, max = 254) @Schema(example = "ada@example.com")
        String adminEmail,

        @Nullable @Size(min = 2, max = 100) @Schema(example = "Ada Lovelace")
        String adminName) {}
