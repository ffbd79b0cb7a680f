package dev.waybill.accounts;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.auth.AuthProperties;
import dev.waybill.auth.Plan;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An organization in responses. */
@Schema(name = "Organization")
record OrganizationResponse(
        @Schema(description = "The organization's id.", example = "org_0VXsK2aQ3nB8xYz1")
        String organizationId,

        @Schema(description = "The same id, under the name that other resources use.", example = "org_0VXsK2aQ3nB8xYz1")
        String internalId,

        @Schema(description = "What people call it.", example = "Analytical Engines")
        String organizationName,

        @Schema(description = "Sets the rate limit and the largest file.", example = "pro")
        Plan plan,

        @Schema(description = "The largest file in bytes that the plan takes.", example = "5368709120")
        long maxFileSizeBytes,

        @Nullable
        @Schema(description = "How much it may store, in bytes. Left out: without bound.", example = "1099511627776")
        Long storageQuotaBytes,

        @Schema(description = "What its keys share, except those with a limit of their own.")
        Limit rateLimit,

        @Schema(description = "When it was founded.", example = "2026-01-15T10:30:00Z")
        Instant createdAt) {

    /** Requests per window of seconds. */
    @Schema(name = "RateLimit")
    record Limit(
            @Schema(description = "Requests that a window allows.", example = "6000")
            int limit,

            @Schema(description = "The window's length in seconds.", example = "60")
            long windowSeconds) {}

    static OrganizationResponse of(OrganizationEntity organization, AuthProperties.RateLimit limits) {
        return new OrganizationResponse(
                organization.organizationId(),
                organization.organizationId(),
                organization.organizationName(),
                organization.plan(),
                organization.plan().maxFileBytes(),
                organization.storageQuotaBytes(),
                new Limit(limits.of(organization.plan()), limits.window().toSeconds()),
                organization.createdAt());
    }

    /** A new organization, its admin and its first key. */
    @Schema(name = "OrganizationCreateResponse")
    record Founded(
            @JsonUnwrapped OrganizationResponse organization,

            @Schema(description = "Its first user, an admin.")
            UserResponse admin,

            @Schema(description = "That user's key, named `default`, with every permission and with its secret.")
            ApiKeyResponse.WithSecret apiKey) {}
}
