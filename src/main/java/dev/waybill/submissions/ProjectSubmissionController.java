package dev.waybill.submissions;

import dev.waybill.auth.Caller;
import dev.waybill.platform.lists.ListParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API for an organization to read the submissions to its projects. */
@RestController
@Tag(name = "Projects", description = "What your organization asks its agents for. Needs the permission `admin`.")
class ProjectSubmissionController {

    private static final String SUBMISSIONS = "/v1/organizations/projects/{project_id}/submissions";
    private static final int DEFAULT_LIMIT = 20;

    private final ProjectSubmissionService service;

    ProjectSubmissionController(ProjectSubmissionService service) {
        this.service = service;
    }

    @PostMapping(SUBMISSIONS + "/list")
    @Operation(
            operationId = "listSubmissions",
            summary = "List a project's submissions",
            description = "Of all agents, newest first unless `sort` says otherwise; those that are still pending too."
                    + " The body may be missing.")
    @ApiResponse(responseCode = "200", description = "A page of submissions.")
    SubmissionResponse.Listed list(
            Caller caller,
            @PathVariable("project_id") String projectId,
            ListParameters parameters,
            @RequestBody(required = false) @Nullable ListSubmissionsRequest body) {
        return service.list(caller, projectId, parameters.toQuery(body, SubmissionService.FIELDS, DEFAULT_LIMIT));
    }

    @GetMapping(SUBMISSIONS + "/{submission_id}")
    @Operation(
            operationId = "getSubmission",
            summary = "Get a submission",
            description = "With a URL to get its file from, once it is submitted.")
    @ApiResponse(responseCode = "200", description = "The submission.")
    SubmissionResponse get(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @PathVariable("submission_id") String submissionId) {
        return service.get(caller, projectId, submissionId);
    }
}
