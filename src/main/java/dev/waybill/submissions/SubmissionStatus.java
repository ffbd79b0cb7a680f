package dev.waybill.submissions;

import dev.waybill.platform.json.WireName;

/** The status of a submission. */
enum SubmissionStatus implements WireName {
    PENDING,
    SUBMITTED
}
