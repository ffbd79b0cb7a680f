package dev.waybill.syncs;

import dev.waybill.platform.errors.Violations;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Request body that redrives dead letters: some, or all. */
@Schema(name = "SyncRetryRequest", example = "{\"all\": true}")
record RetryDeadLettersRequest(
        @Schema(description = "Their keys, 1 to 100; not together with `all`.", example = "[\"videos/2026/0042.mp4\"]")
        @Nullable
        List<@Nullable String> keys,

        @Schema(description = "True for all that were given up.", example = "true") @Nullable
        Boolean all) {

    /**
     * @return null for all of them
     * @throws dev.waybill.platform.errors.InvalidRequest unless it has either keys or all
     */
    @Nullable
    Set<String> read() {
        Violations violations = new Violations();
        boolean everything = Boolean.TRUE.equals(all);
        if (everything == (keys != null)) {
            violations.add(List.of("body", "keys"), "Send either keys, or all: true", "value_error");
        }
        Set<String> read = keys == null ? Set.of() : KeysRequest.read(keys, violations);
        violations.refuse();
        return everything ? null : read;
    }
}
