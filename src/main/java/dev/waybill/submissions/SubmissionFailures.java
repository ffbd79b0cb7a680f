package dev.waybill.submissions;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;

/** Errors that agents get for what is missing or conflicts. The messages are part of the API. */
final class SubmissionFailures {

    private SubmissionFailures() {}

    /** The one answer to everything that is not the agent's: it does not reveal what was wrong. */
    static WaybillException submissionNotFound() {
        return new WaybillException(ErrorCode.SUBMISSION_NOT_FOUND, "Submission not found or not authorized");
    }

    static WaybillException mediaNotFound() {
        return new WaybillException(ErrorCode.MEDIA_FILE_NOT_FOUND, "Media file not found or already processed");
    }

    static WaybillException fileNotFound() {
        return new WaybillException(
                ErrorCode.NOT_IN_STORAGE, "File not found in storage. Please ensure the upload was successful.");
    }

    static WaybillException projectNotFound() {
        return new WaybillException(ErrorCode.PROJECT_NOT_FOUND, "Project not found or not authorized");
    }

    static WaybillException changedMeanwhile() {
        return new WaybillException(ErrorCode.CONFLICT, "The submission was changed at the same time. Read it again.");
    }
}
