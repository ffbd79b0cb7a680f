package dev.waybill.submissions;

import dev.waybill.deletions.DeletionPass;
import dev.waybill.platform.tenancy.OrganizationId;

/** What lies in projects and goes with them. */
public interface ProjectContents {

    /**
     * Removes what lies in a project, page by page. Repeatable.
     *
     * @throws dev.waybill.platform.storage.StorageException when storage is away
     */
    void purge(OrganizationId organization, ProjectId project, DeletionPass deletionPass);
}
