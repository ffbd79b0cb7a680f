package dev.waybill.platform.health;

import java.util.Locale;

/** The parts that the service depends on, each with its own health. */
public enum HealthPart {
    CACHE("Redis does not answer; the service goes on with MongoDB alone."),
    METADATA("MongoDB does not answer."),
    OBJECT_STORAGE("Storage does not answer."),
    TASK_QUEUE("Tasks cannot be taken in just now.");

    private final String trouble;

    HealthPart(String trouble) {
        this.trouble = trouble;
    }

    /** The message when it is not well and its probe has no better one. */
    String trouble() {
        return trouble;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
