package dev.waybill.submissions;

import dev.waybill.deletions.Deletable;
import dev.waybill.deletions.Deletions;
import dev.waybill.deletions.Pass;
import dev.waybill.deletions.Target;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import java.util.List;
import org.springframework.stereotype.Component;

/** How a project goes, with its submissions and their files. */
@Component
class ProjectDeletion implements Deletable {

    private static final Target.Kind KIND = new Target.Kind("project", ProjectDocument.COLLECTION, "name");
    private static final int PAGE = 200;

    private final Deletions deletions;
    private final SubmissionStore submissions;
    private final ObjectStorage storage;

    ProjectDeletion(Deletions deletions, SubmissionStore submissions, ObjectStorage storage) {
        this.deletions = deletions;
        this.submissions = submissions;
        this.storage = storage;
    }

    /** From now on it is there for nobody. */
    void begin(ProjectDocument project) {
        deletions.begin(new Target(
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
    public Target.Kind kind() {
        return KIND;
    }

    @Override
    public void purge(Target target, Pass pass) {
        ProjectId project = new ProjectId(target.id());
        while (!pass.stopped()) {
            List<SubmissionDocument> page = submissions.some(target.organization(), project, PAGE);
            if (page.isEmpty()) {
                return;
            }
            List<ObjectKey> keys =
                    page.stream().flatMap(one -> one.keys().stream()).toList();
            if (!keys.isEmpty()) {
                storage.deleteAll(keys);
            }
            submissions.removeAll(page);
            pass.removed(page.size());
        }
    }
}
