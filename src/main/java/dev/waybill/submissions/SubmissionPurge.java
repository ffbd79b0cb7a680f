package dev.waybill.submissions;

import dev.waybill.deletions.DeletionPass;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.projects.ProjectContents;
import dev.waybill.projects.ProjectId;
import java.util.List;
import org.springframework.stereotype.Component;

/** Deletes the submissions to a project, and their files, together with it. */
@Component
class SubmissionPurge implements ProjectContents {

    private static final int PAGE = 200;

    private final SubmissionStore store;
    private final ObjectStorage storage;

    SubmissionPurge(SubmissionStore store, ObjectStorage storage) {
        this.store = store;
        this.storage = storage;
    }

    @Override
    public void purge(OrganizationId organization, ProjectId project, DeletionPass deletionPass) {
        while (!deletionPass.stopped()) {
            List<SubmissionEntity> page = store.some(organization, project, PAGE);
            if (page.isEmpty()) {
                return;
            }
            List<ObjectKey> keys =
                    page.stream().flatMap(one -> one.keys().stream()).toList();
            if (!keys.isEmpty()) {
                storage.deleteAll(keys);
            }
            store.removeAll(page);
            deletionPass.removed(page.size());
        }
    }
}
