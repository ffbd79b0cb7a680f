package dev.waybill.submissions;

import dev.waybill.platform.web.WireName;

/** The status of a submission. */
enum SubmissionStatus implements WireName {
    PENDING,
    SUBMITTED
}
