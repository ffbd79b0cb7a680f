package dev.waybill.agents;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.auth.Secret;
import dev.waybill.platform.json.WireName;
import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An agent as its organization sees it: without its key. */
@Schema(name = "AgentModel")
record AgentResponse(
        @Schema(description = "The agent's id.", example = "agt_0VXsK2aQ3nB8xYz1")
        String agentId,

        @Schema(description = "What people call the agent.", example = "painter")
        String name,

        @Nullable @Schema(description = "What the agent is for.", example = "Makes the pictures of the spring campaign")
        String description,

        @Schema(description = "Only the key of an `active` agent works.", example = "active")
        AgentStatus status,

        @Schema(description = "How the agent's key begins.", example = "io42_0VXsK2a")
        String keyPrefix,

        @Schema(description = "When it was registered.", example = "2026-01-15T10:30:00Z")
        Instant createdAt,

        @Schema(description = "The user whose key registered it, by id.", example = "usr_0VXsJ9cP1mA7wVu0")
        String createdBy,

        @Nullable
        @Schema(description = "When it was revoked; left out unless it was.", example = "2026-02-01T08:00:00Z")
        Instant revokedAt) {

    static AgentResponse of(AgentEntity agent) {
        return new AgentResponse(
                agent.agentId().value(),
                agent.name(),
                agent.description(),
                WireName.of(AgentStatus.class, agent.status()),
                agent.keyPrefix(),
                agent.createdAt(),
                agent.createdBy(),
                agent.revokedAt());
    }

    /** An agent and its key: the one answer that shows it. */
    @Schema(name = "AgentWithKey")
    record WithKey(
            @JsonUnwrapped AgentResponse agent,

            @Schema(
                    type = "string",
                    description = "The agent's key. It is shown this once and cannot be read again.",
                    example = "io42_0VXsK2aQ3nB8xYz1Jc5vT7uR9wE4mL6pN0hD2gF8kS1")
            Secret key) {

        static WithKey of(AgentEntity agent, Secret key) {
            return new WithKey(AgentResponse.of(agent), key);
        }
    }

    /** A page of agents. */
    @Schema(name = "AgentListResponse")
    record Listed(
            @Schema(description = "The agents of this page, without their keys.")
            List<AgentResponse> results,

            @Schema(description = "Where this page stands.") PaginationResponse pagination) {

        static Listed of(Page<AgentEntity> page) {
            return new Listed(page.items().stream().map(AgentResponse::of).toList(), PaginationResponse.of(page));
        }
    }
}
