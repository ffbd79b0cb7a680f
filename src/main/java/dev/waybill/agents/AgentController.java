package dev.waybill.agents;

import dev.waybill.auth.Caller;
import dev.waybill.platform.lists.ListParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(
        name = "Agents",
        description = "Those who submit work to your organization's projects by keys of their own (`io42_...`), which"
                + " open the submissions API and nothing else. Needs the permission `admin`.")
class AgentController {

    private static final String AGENTS = "/v1/organizations/agents";
    private static final int DEFAULT_LIMIT = 20;

    private final AgentService service;

    AgentController(AgentService service) {
        this.service = service;
    }

    @PostMapping(AGENTS)
    @Operation(
            operationId = "registerAgent",
            summary = "Register an agent",
            description = "The answer shows the agent's key this once; only its hash is kept.")
    @ApiResponse(responseCode = "200", description = "The new agent, with its key.")
    AgentResponse.WithKey register(Caller caller, @Valid @RequestBody AgentCreateRequest request) {
        return service.register(caller, request);
    }

    @PostMapping(AGENTS + "/list")
    @Operation(
            operationId = "listAgents",
            summary = "List agents",
            description =
                    "Newest first unless `sort` says otherwise, revoked ones too; never with keys. The body may be"
                            + " missing.")
    @ApiResponse(responseCode = "200", description = "A page of agents.")
    AgentResponse.Listed list(
            Caller caller, ListParameters parameters, @RequestBody(required = false) @Nullable ListAgentsRequest body) {
        return service.list(caller, parameters.toQuery(body, AgentService.FIELDS, DEFAULT_LIMIT));
    }

    @GetMapping(AGENTS + "/{agent_id}")
    @Operation(operationId = "getAgent", summary = "Get an agent", description = "By its id; without its key.")
    @ApiResponse(responseCode = "200", description = "The agent.")
    AgentResponse get(Caller caller, @PathVariable("agent_id") String agentId) {
        return service.get(caller, agentId);
    }

    @PatchMapping(AGENTS + "/{agent_id}")
    @Operation(
            operationId = "updateAgent",
            summary = "Update an agent",
            description = "Changes what the body names, at once and everywhere. A revoked agent stays revoked (409).")
    @ApiResponse(responseCode = "200", description = "The agent as it is now.")
    AgentResponse update(
            Caller caller, @PathVariable("agent_id") String agentId, @Valid @RequestBody AgentUpdateRequest request) {
        return service.update(caller, agentId, request);
    }

    @PostMapping(AGENTS + "/{agent_id}/rotate")
    @Operation(
            operationId = "rotateAgentKey",
            summary = "Rotate an agent's key",
            description = "Gives the agent another key, shown this once. The former one is refused at once.")
    @ApiResponse(responseCode = "200", description = "The agent, with its new key.")
    AgentResponse.WithKey rotate(Caller caller, @PathVariable("agent_id") String agentId) {
        return service.rotate(caller, agentId);
    }

    @DeleteMapping(AGENTS + "/{agent_id}")
    @Operation(
            operationId = "revokeAgent",
            summary = "Revoke an agent",
            description = "Its key is refused at once and for good. What it submitted stays.")
    @ApiResponse(responseCode = "200", description = "The agent, revoked.")
    AgentResponse revoke(Caller caller, @PathVariable("agent_id") String agentId) {
        return service.revoke(caller, agentId);
    }
}
