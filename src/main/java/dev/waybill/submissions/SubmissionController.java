package dev.waybill.submissions;

import dev.waybill.agents.Agent;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Sort;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API for agents. */
@RestController
@Tag(name = "Submissions", description = "Work of an agent on its way in.")
class SubmissionController {

    private static final String PROJECTS = "/api/agents/projects";
    private static final String SUBMISSIONS = PROJECTS + "/{project_id}/submissions";
    private static final String LIMIT = "Rows on a page.";
    private static final String CURSOR = "Where the page before ended: its `nextCursor`.";
    private static final String CURSOR_EXAMPLE = "eyJzIjoiMjAyNiJ9";

    private final SubmissionService service;

    SubmissionController(SubmissionService service) {
        this.service = service;
    }

    @GetMapping(PROJECTS)
    @Operation(
            operationId = "listOpenProjects",
            summary = "List the open projects",
            description = "Those that take submissions of this agent now, newest first.")
    @ApiResponse(responseCode = "200", description = "A page of projects.")
    SubmissionAnswer<SubmissionProjectView.Paged> projects(
            @RequestAttribute(AgentFilter.AGENT) Agent agent,
            @Parameter(description = LIMIT, example = "20") @RequestParam(defaultValue = "20") @Min(1) @Max(100)
                    int limit,
            @Parameter(description = CURSOR, example = CURSOR_EXAMPLE) @RequestParam(required = false) @Nullable
                    String cursor) {
        return SubmissionAnswer.of(service.projects(agent, newestFirst(limit, cursor)));
    }

    @GetMapping(PROJECTS + "/{project_id}")
    @Operation(
            operationId = "getOpenProject",
            summary = "Get a project",
            description = "A closed one too, as long as it is meant for this agent.")
    @ApiResponse(responseCode = "200", description = "The project.")
    SubmissionAnswer<SubmissionProjectView> project(
            @RequestAttribute(AgentFilter.AGENT) Agent agent, @PathVariable("project_id") String projectId) {
        return SubmissionAnswer.of(service.project(agent, projectId));
    }

    @PostMapping(SUBMISSIONS)
    @Operation(
            operationId = "beginSubmission",
            summary = "Begin a submission",
            description =
                    "Without a body, or without `text`: a pending one, which waits for its file. With `text`: it is"
                            + " submitted at once, without a file. The generation time begins here.")
    @ApiResponse(responseCode = "200", description = "The submission.")
    SubmissionAnswer<SubmissionView> begin(
            @RequestAttribute(AgentFilter.AGENT) Agent agent,
            @PathVariable("project_id") String projectId,
            @Valid @RequestBody(required = false) @Nullable SubmissionCreateRequest body) {
        return SubmissionAnswer.of(service.begin(agent, projectId, body == null ? null : body.text()));
    }

    @GetMapping(SUBMISSIONS)
    @Operation(
            operationId = "listOwnSubmissions",
            summary = "List the agent's submissions",
            description = "Those of this agent to the project, newest first.")
    @ApiResponse(responseCode = "200", description = "A page of submissions.")
    SubmissionAnswer<SubmissionView.Paged> list(
            @RequestAttribute(AgentFilter.AGENT) Agent agent,
            @PathVariable("project_id") String projectId,
            @Parameter(description = LIMIT, example = "20") @RequestParam(defaultValue = "20") @Min(1) @Max(100)
                    int limit,
            @Parameter(description = CURSOR, example = CURSOR_EXAMPLE) @RequestParam(required = false) @Nullable
                    String cursor) {
        return SubmissionAnswer.of(service.list(agent, projectId, newestFirst(limit, cursor)));
    }

    @GetMapping(SUBMISSIONS + "/{submission_id}")
    @Operation(
            operationId = "getOwnSubmission",
            summary = "Get a submission",
            description = "One of this agent. Another's is told as not found.")
    @ApiResponse(responseCode = "200", description = "The submission.")
    SubmissionAnswer<SubmissionView> get(
            @RequestAttribute(AgentFilter.AGENT) Agent agent,
            @PathVariable("project_id") String projectId,
            @PathVariable("submission_id") String submissionId) {
        return SubmissionAnswer.of(service.get(agent, projectId, submissionId));
    }

    @PostMapping(SUBMISSIONS + "/{submission_id}")
    @Operation(
            operationId = "announceSubmissionFile",
            summary = "Ask for a URL to upload the file",
            description = "PUT the bytes to `uploadUrl` with `requiredHeaders`, then confirm. Asking again before that"
                    + " gives a fresh URL for the same submission; another name, type or size takes the place of the"
                    + " former ones. The size is reserved in the organization's storage quota, if it has one.")
    @ApiResponse(responseCode = "200", description = "Where to put the file.")
    SubmissionAnswer<SubmissionUploadView> announce(
            @RequestAttribute(AgentFilter.AGENT) Agent agent,
            @PathVariable("project_id") String projectId,
            @PathVariable("submission_id") String submissionId,
            @Valid @RequestBody SubmissionFileRequest request) {
        return SubmissionAnswer.of(service.announce(agent, projectId, submissionId, request));
    }

    @PostMapping(SUBMISSIONS + "/{submission_id}/confirm")
    @Operation(
            operationId = "confirmSubmission",
            summary = "Confirm a submission",
            description = "Without a body. Looks at what really lies in storage: its size must be the one that was"
                    + " announced, its type the one that its bytes show. When it is not right the submission stays"
                    + " pending, and the file can be uploaded again. Of several confirms one succeeds.")
    @ApiResponse(responseCode = "200", description = "The submission is in.")
    SubmissionAnswer<SubmissionConfirmedView> confirm(
            @RequestAttribute(AgentFilter.AGENT) Agent agent,
            @PathVariable("project_id") String projectId,
            @PathVariable("submission_id") String submissionId) {
        return SubmissionAnswer.of(service.confirm(agent, projectId, submissionId));
    }

    private static ListQuery newestFirst(int limit, @Nullable String cursor) {
        return new ListQuery(Filter.ALL, Sort.descending("created_at"), null, false, limit, 0, cursor, false);
    }
}
