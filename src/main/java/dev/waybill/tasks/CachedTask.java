package dev.waybill.tasks;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/**
 * A task as cached in Redis.
 *
 * @param ended whether it is final; stands first, because the script that guards final values looks at the first bytes
 * @param refreshedAt when the writer knew this to be true
 */
@JsonPropertyOrder({"ended"})
record CachedTask(
        boolean ended, Instant refreshedAt, @JsonUnwrapped Task task) {

    /** How every final value's JSON starts. */
    static final String ENDED = "{\"ended\":true";

    static CachedTask of(Task task, Instant refreshedAt) {
        return new CachedTask(task.status().isFinal(), refreshedAt, task);
    }
}
