package dev.waybill.tasks;

/** The contract's TaskStatusEnum, which uploads, buckets, objects and batches use as well, and QUEUED. */
public enum TaskStatus {
    PENDING,
    QUEUED,
    IN_PROGRESS,
    PROCESSING,
    COMPLETED,
    COMPLETED_WITH_ERRORS,
    FAILED,
    CANCELED,
    UNKNOWN,
    SKIPPED,
    DRAFT,
    ACTIVE,
    ARCHIVED,
    SUSPENDED;

    /** Whether a task in this status will not change any more. */
    public boolean isFinal() {
        return switch (this) {
            case COMPLETED, COMPLETED_WITH_ERRORS, FAILED, CANCELED, SKIPPED -> true;
            default -> false;
        };
    }
}
