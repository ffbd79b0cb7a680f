package dev.waybill.submissions;

import dev.waybill.platform.web.WireName;

/** How far a submission is. */
enum SubmissionStatus implements WireName {
    PENDING,
    SUBMITTED
}
