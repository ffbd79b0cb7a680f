package dev.waybill.agents;

import dev.waybill.platform.text.PlainName;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Body of the registration of an agent. */
@Schema(example = "{\"name\": \"painter\", \"description\": \"Makes the pictures of the spring campaign\"}")
record AgentCreateRequest(
        @NotNull
        @PlainName
        @Size(min = 1, max = 100)
        @Schema(description = "What people call the agent.", example = "painter")
        String name,

        @Nullable
        @Size(max = 500)
        @Schema(description = "What the agent is for.", example = "Makes the pictures of the spring campaign")
        String description) {}
