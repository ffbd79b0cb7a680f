package dev.waybill.projects;

import dev.waybill.deletions.Deletable;
import dev.waybill.deletions.DeletionPass;
import dev.waybill.deletions.DeletionTarget;
import dev.waybill.deletions.Deletions;
import org.springframework.stereotype.Component;

/** Deletes a project together with its submissions and their files. */
@Component
class ProjectDeletion implements Deletable {

    private static final DeletionTarget.Kind KIND =
            new DeletionTarget.Kind("project", ProjectEntity.COLLECTION, "name");

    private final Deletions deletions;
    private final ProjectContents contents;

    ProjectDeletion(Deletions deletions, ProjectContents contents) {
        this.deletions = deletions;
        this.contents = contents;
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
        contents.purge(deletionTarget.organization(), new ProjectId(deletionTarget.id()), deletionPass);
    }
}
