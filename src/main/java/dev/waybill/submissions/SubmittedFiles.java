package dev.waybill.submissions;

import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.quotas.StoredFiles;
import org.springframework.stereotype.Component;

/** The storage that the files of an organization's submissions use. They become nobody else's. */
@Component
class SubmittedFiles implements StoredFiles {

    private static final int ANY_TIME = 300;

    private final SubmissionStore submissions;

    SubmittedFiles(SubmissionStore submissions) {
        this.submissions = submissions;
    }

    @Override
    public int order() {
        return ANY_TIME;
    }

    @Override
    public Sum of(OrganizationId organization) {
        return submissions.stored(organization);
    }
}
