package dev.waybill.tasks;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.TextValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** The id of a task: a UUID in its canonical form. A value of another form is told as not found. */
public record TaskId(@JsonValue String value) implements TextValue {

    public TaskId {
        if (!isValid(value)) {
            throw WaybillException.notFound("task", value);
        }
    }

    /** Empty for a value that cannot be a task's id. */
    public static Optional<TaskId> parse(String value) {
        return isValid(value) ? Optional.of(new TaskId(value)) : Optional.empty();
    }

    /** The same id for the same words, so that who submits a task again after a crash submits no second one. */
    public static TaskId derivedFrom(String words) {
        return new TaskId(
                UUID.nameUUIDFromBytes(words.getBytes(StandardCharsets.UTF_8)).toString());
    }

    private static boolean isValid(String value) {
        try {
            return UUID.fromString(value).toString().equals(value);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
