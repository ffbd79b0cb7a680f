package dev.waybill.syncs;

import dev.waybill.platform.errors.Violations;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Request body with the keys of files to retry. */
@Schema(name = "SyncReplayRequest", example = "{\"keys\": [\"videos/2026/0042.mp4\"]}")
record KeysRequest(
        @Schema(
                description = "Their keys, 1 to 100.",
                example = "[\"videos/2026/0042.mp4\"]",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        List<@Nullable String> keys) {

    static final int MAX_KEYS = 100;

    private static final int MAX_KEY = 1_024;

    /** @throws dev.waybill.platform.errors.InvalidRequest when there are no keys, or too many */
    Set<String> read() {
        Violations violations = new Violations();
        violations.has(List.of("body", "keys"), keys);
        Set<String> read = keys == null ? Set.of() : read(keys, violations);
        violations.refuse();
        return read;
    }

    static Set<String> read(List<@Nullable String> keys, Violations violations) {
        List<Object> at = List.of("body", "keys");
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            violations.add(at, "List should have 1 to %d items".formatted(MAX_KEYS), "too_long");
            return Set.of();
        }
        Set<String> read = new LinkedHashSet<>();
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            List<Object> location = List.of("body", "keys", i);
            if (key == null || key.isEmpty()) {
                violations.add(location, "Input should be a valid string, not empty", "string_type");
            } else {
                violations.atMost(location, key, MAX_KEY);
                read.add(key);
            }
        }
        return read;
    }
}
