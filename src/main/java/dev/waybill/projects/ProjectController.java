package dev.waybill.projects;

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
@Tag(name = "Projects", description = "What your organization asks its agents for. Needs the permission `admin`.")
class ProjectController {

    private static final String PROJECTS = "/v1/organizations/projects";
    private static final int DEFAULT_LIMIT = 20;

    private final ProjectService service;

    ProjectController(ProjectService service) {
        this.service = service;
    }

    @PostMapping(PROJECTS)
    @Operation(
            operationId = "createProject",
            summary = "Create a project",
            description =
                    "It is open at once: to all of the organization's agents, or to those that `agent_ids` names.")
    @ApiResponse(responseCode = "200", description = "The new project.")
    ProjectResponse create(Caller caller, @Valid @RequestBody ProjectCreateRequest request) {
        return service.create(caller, request);
    }

    @PostMapping(PROJECTS + "/list")
    @Operation(
            operationId = "listProjects",
            summary = "List projects",
            description = "Newest first unless `sort` says otherwise. The body may be missing.")
    @ApiResponse(responseCode = "200", description = "A page of projects.")
    ProjectResponse.Listed list(
            Caller caller,
            ListParameters parameters,
            @RequestBody(required = false) @Nullable ListProjectsRequest body) {
        return service.list(caller, parameters.toQuery(body, ProjectService.FIELDS, DEFAULT_LIMIT));
    }

    @GetMapping(PROJECTS + "/{project_id}")
    @Operation(operationId = "getProject", summary = "Get a project", description = "By its id.")
    @ApiResponse(responseCode = "200", description = "The project.")
    ProjectResponse get(Caller caller, @PathVariable("project_id") String projectId) {
        return service.get(caller, projectId);
    }

    @PatchMapping(PROJECTS + "/{project_id}")
    @Operation(
            operationId = "updateProject",
            summary = "Update or close a project",
            description = "Changes what the body names. What was submitted before stays as it is; a file that was"
                    + " announced before can still be confirmed.")
    @ApiResponse(responseCode = "200", description = "The project as it is now.")
    ProjectResponse update(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @Valid @RequestBody ProjectUpdateRequest request) {
        return service.update(caller, projectId, request);
    }

    @DeleteMapping(PROJECTS + "/{project_id}")
    @Operation(
            operationId = "deleteProject",
            summary = "Delete a project with its submissions",
            description = "It is gone for all requests at once. Its submissions and their files are removed in the"
                    + " background, those that still arrive by a URL from before too.")
    @ApiResponse(responseCode = "200", description = "The project is gone.")
    ProjectResponse.Deleted delete(Caller caller, @PathVariable("project_id") String projectId) {
        service.delete(caller, projectId);
        return new ProjectResponse.Deleted(
                projectId, "Project deleted; its submissions and their files are removed in the background");
    }
}
