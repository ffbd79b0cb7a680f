package dev.waybill.submissions;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Permission;
import dev.waybill.auth.Requires;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.web.ListParameters;
import dev.waybill.platform.web.PaginationResponse;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Projects")
class ProjectSubmissionController {

    private static final String SUBMISSIONS = ProjectController.PROJECTS + "/{project_id}/submissions";
    private static final int DEFAULT_LIMIT = 20;

    private final ProjectSubmissions submissions;

    ProjectSubmissionController(ProjectSubmissions submissions) {
        this.submissions = submissions;
    }

    @PostMapping(SUBMISSIONS + "/list")
    @Requires(Permission.ADMIN)
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
        ListSubmissionsRequest request = body == null ? ListSubmissionsRequest.EVERYTHING : body;
        Page<Submission> page =
                submissions.list(caller, projectId, parameters.toQuery(request, SubmissionDesk.FIELDS, DEFAULT_LIMIT));
        return new SubmissionResponse.Listed(
                page.items().stream()
                        .map(one -> SubmissionResponse.of(one, null))
                        .toList(),
                PaginationResponse.of(page));
    }

    @GetMapping(SUBMISSIONS + "/{submission_id}")
    @Requires(Permission.ADMIN)
    @Operation(
            operationId = "getSubmission",
            summary = "Get a submission",
            description = "With a URL to get its file from, once it is submitted.")
    @ApiResponse(responseCode = "200", description = "The submission.")
    SubmissionResponse get(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @PathVariable("submission_id") String submissionId) {
        Submission submission = submissions.get(caller, projectId, submissionId);
        return SubmissionResponse.of(submission, submissions.download(submission));
    }
}
