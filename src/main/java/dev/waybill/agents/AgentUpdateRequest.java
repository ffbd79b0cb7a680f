package dev.waybill.agents;

import dev.waybill.platform.json.Change;
import dev.waybill.platform.text.PlainName;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Body of the change of an agent; what is left out stays. */
@Schema(example = "{\"name\": \"painter-2\", \"status\": \"suspended\"}")
record AgentUpdateRequest(
        @Nullable
        @PlainName
        @Size(min = 1, max = 100)
        @Schema(description = "What people call the agent.", example = "painter-2")
        String name,

        @Nullable
        @Size(max = 500)
        @Schema(
                implementation = String.class,
                description = "What the agent is for; null removes it.",
                example = "Makes the pictures of the autumn campaign")
        Change<String> description,

        @Nullable
        @Schema(
                description = "`suspended` refuses the agent's key until it is `active` again; `revoked` refuses it for"
                        + " good.",
                example = "suspended")
        AgentStatus status) {}
