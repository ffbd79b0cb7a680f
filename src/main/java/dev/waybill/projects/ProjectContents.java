package dev.waybill.projects;

import dev.waybill.deletions.DeletionPass;
import dev.waybill.platform.tenancy.OrganizationId;

/** What projects contain, which is deleted together with them. */
public interface ProjectContents {

    /**
     * Deletes what a project contains, page by page. Idempotent.
     *
     * @throws dev.waybill.platform.storage.StorageException when storage is unavailable
     */
    void purge(OrganizationId organization, ProjectId project, DeletionPass deletionPass);
}
