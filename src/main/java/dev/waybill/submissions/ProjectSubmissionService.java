package dev.waybill.submissions;

import dev.waybill.auth.Caller;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.storage.PresignedUrl;
import dev.waybill.platform.storage.UrlSigner;
import dev.waybill.projects.Project;
import dev.waybill.projects.ProjectService;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Use cases of an organization for reading the submissions to its projects. */
@Component
class ProjectSubmissionService {

    private final ProjectService projects;
    private final SubmissionStore store;
    private final UrlSigner signer;
    private final SubmissionsProperties properties;

    ProjectSubmissionService(
            ProjectService projects, SubmissionStore store, UrlSigner signer, SubmissionsProperties properties) {
        this.projects = projects;
        this.store = store;
        this.signer = signer;
        this.properties = properties;
    }

    SubmissionResponse.Listed list(Caller caller, String projectId, ListQuery query) {
        Project project = projects.project(caller, projectId);
        return SubmissionResponse.Listed.of(store.list(project, null, query, SubmissionService.FIELDS));
    }

    SubmissionResponse get(Caller caller, String projectId, String id) {
        Project project = projects.project(caller, projectId);
        return SubmissionId.parse(id)
                .flatMap(parsed -> store.find(project, parsed))
                .map(found -> SubmissionResponse.of(found, download(found)))
                .orElseThrow(() -> WaybillException.notFound("submission", id));
    }

    /** A URL to get the file from; null when there is none, or nobody confirmed it. */
    private @Nullable PresignedUrl download(SubmissionEntity submission) {
        MediaFile file = submission.media();
        return file == null || submission.isPending()
                ? null
                : signer.get(file.s3Key(), properties.downloadLifetime(), file.fileName());
    }
}
