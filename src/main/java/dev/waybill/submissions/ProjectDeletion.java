package dev.waybill.submissions;

import dev.waybill.deletions.Deletable;
import dev.waybill.deletions.DeletionPass;
import dev.waybill.deletions.DeletionTarget;
import dev.waybill.deletions.Deletions;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import java.util.List;
import org.springframework.stereotype.Component;

/** Deletes a project together with its submissions and their files. */
@Component
class ProjectDeletion implements Deletable {

    private static final DeletionTarget.Kind KIND =
            new DeletionTarget.Kind("project", ProjectEntity.COLLECTION, "name");
    private static final int PAGE = 200;

    private final Deletions deletions;
    private final SubmissionStore submissions;
    private final ObjectStorage storage;

    ProjectDeletion(Deletions deletions, SubmissionStore submissions, ObjectStorage storage) {
        this.deletions = deletions;
        this.submissions = submissions;
        this.storage = storage;
    }

    /** Marks it as deleted: from now on it is found by nobody. */
    void begin(ProjectEntity project) {
        deletions.begin(new DeletionTarget(
                KIND,
                project.key(),
                project.organizationId(),
                null,
                project.projectId().value(),
                project.name(),
                project.createdAt(),
                null));
    }

    @Override
    public DeletionTarget.Kind kind() {
        return KIND;
    }

    @Override
    public void purge(DeletionTarget deletionTarget, DeletionPass deletionPass) {
        ProjectId project = new ProjectId(deletionTarget.id());
        while (!deletionPass.stopped()) {
            List<SubmissionEntity> page = submissions.some(deletionTarget.organization(), project, PAGE);
            if (page.isEmpty()) {
                return;
            }
            List<ObjectKey> keys =
                    page.stream().flatMap(one -> one.keys().stream()).toList();
            if (!keys.isEmpty()) {
                storage.deleteAll(keys);
            }
            submissions.removeAll(page);
            deletionPass.removed(page.size());
        }
    }
}
