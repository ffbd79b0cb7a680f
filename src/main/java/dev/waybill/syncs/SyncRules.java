package dev.waybill.syncs;

import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.json.FreeJson;
import dev.waybill.syncs.settings.SyncMode;
import dev.waybill.syncs.settings.SyncModes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validation rules for the settings of a sync, shared by creation and update. Collects the violations of a request. */
final class SyncRules {

    static final int MIN_INTERVAL = 30;

    /** In the one-step form. */
    static final int MAX_INLINE_INTERVAL = 86_400;

    static final int DEFAULT_INTERVAL = 300;
    static final int MAX_BATCH_SIZE = 100;
    static final int DEFAULT_BATCH_SIZE = 50;
    static final int MAX_DESCRIPTION = 500;
    static final int MAX_METADATA = 50;
    static final int MAX_PATH = 2_048;

    private static final SyncModes.Choice DEFAULT_MODE = new SyncModes.Choice(SyncMode.CONTINUOUS, false);
    private static final String NOT_YET = "is not served yet; leave it out";

    private final List<Object> at;
    private final Violations violations;

    /** @param at path of the fields */
    SyncRules(List<Object> at, Violations violations) {
        this.at = at;
        this.violations = violations;
    }

    SyncModes.Choice mode(@Nullable String name) {
        if (name == null) {
            return DEFAULT_MODE;
        }
        return SyncModes.find(name).orElseGet(() -> {
            add("sync_mode", "Input should be one of: %s".formatted(SyncModes.names()), "enum");
            return DEFAULT_MODE;
        });
    }

    /** The interval under either of its names. */
    int interval(@Nullable Integer seconds, @Nullable Integer alias, int max) {
        if (seconds != null && alias != null && !seconds.equals(alias)) {
            add(
                    "polling_interval",
                    "says something else than polling_interval_seconds; send one of them",
                    "value_error");
        }
        violations.between(below("polling_interval_seconds"), seconds, MIN_INTERVAL, max);
        violations.between(below("polling_interval"), alias, MIN_INTERVAL, max);
        return seconds != null ? seconds : alias != null ? alias : DEFAULT_INTERVAL;
    }

    int batchSize(@Nullable Integer size) {
        violations.between(below("batch_size"), size, 1, MAX_BATCH_SIZE);
        return size == null ? DEFAULT_BATCH_SIZE : size;
    }

    void sourcePath(@Nullable String path) {
        violations.atMost(below("source_path"), path, MAX_PATH);
        text("source_path", path);
    }

    /** @return null when it is blank */
    @Nullable
    String description(@Nullable String description) {
        violations.atMost(below("description"), description, MAX_DESCRIPTION);
        text("description", description);
        return description == null || description.isEmpty() ? null : description;
    }

    Map<String, Object> metadata(@Nullable Map<String, Object> metadata) {
        if (metadata != null && metadata.size() > MAX_METADATA) {
            add("metadata", "Object should have at most %d keys".formatted(MAX_METADATA), "too_long");
        }
        free("metadata", metadata);
        return metadata == null ? Map.of() : metadata;
    }

    void free(String field, @Nullable Map<String, Object> json) {
        FreeJson.violation(below(field), json).ifPresent(violations::add);
    }

    /** Objects of files that are gone stay, so requests for deletes are refused. */
    void reconcile(@Nullable Map<String, Object> reconcile, @Nullable Boolean onSync) {
        if (Boolean.TRUE.equals(onSync)) {
            add("reconcile_on_sync", deletes(), "not_supported_yet");
        }
        if (reconcile == null) {
            return;
        }
        free("reconcile", reconcile);
        for (String deleting : List.of("on_delete", "on_filter_drift")) {
            if (isAsked(reconcile.get(deleting))) {
                violations.add(Violations.below(below("reconcile"), deleting), deletes(), "not_supported_yet");
            }
        }
        Set<String> known = Set.of("on_delete", "on_filter_drift", "on_update");
        reconcile.forEach((name, value) -> {
            if (!known.contains(name) && isAsked(value)) {
                violations.add(Violations.below(below("reconcile"), name), NOT_YET, "not_supported_yet");
            }
        });
    }

    void providerFilters(@Nullable Map<String, Object> filters) {
        if (filters != null && !filters.isEmpty()) {
            add("provider_filters", NOT_YET + ", or use file_filters", "not_supported_yet");
        }
    }

    private static String deletes() {
        return "Guarded deletes are not here yet: objects stay when their files are gone or filtered. Send false, or"
                + " leave it out";
    }

    private static boolean isAsked(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean flag -> flag;
            case String text -> !text.isBlank();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    private void text(String field, @Nullable String value) {
        if (value != null && value.indexOf('\0') >= 0) {
            add(field, "must not hold NUL", "string_characters");
        }
    }

    void add(String field, String message, String type) {
        violations.add(below(field), message, type);
    }

    private List<Object> below(String field) {
        return Violations.below(at, field);
    }
}
