package dev.waybill.auth;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An organization as answers tell it. */
@Schema(name = "Organization")
record OrganizationResponse(
        @Schema(example = "org_0VXsK2aQ3nB8xYz1") String organizationId,

        @Schema(description = "The same id, under the name that other resources use.", example = "org_0VXsK2aQ3nB8xYz1")
        String internalId,

        @Schema(example = "Analytical Engines") String organizationName,
        Plan plan,

        @Schema(description = "The largest file in bytes that the plan takes.", example = "5368709120")
        long maxFileSizeBytes,

        @Nullable @Schema(description = "Left out: without bound.", example = "1099511627776")
        Long storageQuotaBytes,

        Limit rateLimit,
        Instant createdAt) {

    /** Requests per window of seconds. */
    @Schema(name = "RateLimit")
    record Limit(
            @Schema(example = "6000") int limit,
            @Schema(example = "60") long windowSeconds) {}

    static OrganizationResponse of(Organization organization, AuthProperties.RateLimit limits) {
        return new OrganizationResponse(
                organization.id().value(),
                organization.id().value(),
                organization.name(),
                organization.plan(),
                organization.plan().maxFileBytes(),
                organization.storageQuotaBytes(),
                new Limit(limits.of(organization.plan()), limits.window().toSeconds()),
                organization.createdAt());
    }

    /** A new organization, its admin, and the key to begin with. */
    @Schema(name = "OrganizationCreateResponse")
    record Founded(
            @JsonUnwrapped OrganizationResponse organization, UserResponse admin, ApiKeyResponse.WithSecret apiKey) {}
}
