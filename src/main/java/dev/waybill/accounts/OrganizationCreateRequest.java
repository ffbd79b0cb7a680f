package dev.waybill.accounts;

import dev.waybill.auth.Plan;
import dev.waybill.platform.text.PlainName;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Request body to create an organization. */
@Schema(example = """
                {"organization_name": "Analytical Engines", "plan": "pro", "storage_quota_bytes": 1099511627776, \
                "admin_email": "ada@example.com", "admin_name": "Ada Lovelace"}""")
record OrganizationCreateRequest(
        @NotNull
        @PlainName
        @Size(min = 1, max = 100)
        @Schema(description = "What people call it; need not be unique.", example = "Analytical Engines")
        String organizationName,

        @Nullable
        @Schema(description = "Sets the rate limit and the largest file; `free` when left out.", example = "pro")
        Plan plan,

        @Nullable
        @Min(0)
        @Schema(description = "How much it may store, in bytes. Left out: without bound.", example = "1099511627776")
        Long storageQuotaBytes,

        @NotNull
        @Email
        @Size(min = 3, max = 254)
        @Schema(description = "The email address of the first user, who is an admin.", example = "ada@example.com")
        String adminEmail,

        @Nullable
        @PlainName
        @Size(min = 2, max = 100)
        @Schema(description = "That user's name; `Administrator` when left out.", example = "Ada Lovelace")
        String adminName) {}
