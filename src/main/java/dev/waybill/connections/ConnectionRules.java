package dev.waybill.connections;

import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.json.FreeJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Validation rules for the fields of a connection, shared by creation and update. */
final class ConnectionRules {

    static final int MAX_NAME = 100;
    static final int MAX_DESCRIPTION = 500;

    private final Violations violations = new Violations();

    void name(@Nullable String name, boolean required) {
        name(List.of("body", "name"), name, required);
    }

    void name(List<Object> at, @Nullable String name, boolean required) {
        if (name == null) {
            if (required) {
                violations.has(at, null);
            }
            return;
        }
        violations.plain(at, name);
        violations.inPath(at, name);
        if (name.isBlank()) {
            violations.add(at, "String should have at least 1 character", "string_too_short");
        } else if (name.endsWith("*")) {
            violations.add(at, "must not end with '*', which stands for several in a key's scopes", "value_error");
        } else if (name.startsWith(ConnectionId.PREFIX)) {
            violations.add(at, "must not begin with 'conn_', as ids do", "string_pattern_mismatch");
        }
        violations.atMost(at, name, MAX_NAME);
    }

    void provider(@Nullable String provider) {
        List<Object> at = List.of("body", "provider_type");
        if (violations.has(at, provider) && String.valueOf(provider).isBlank()) {
            violations.add(at, "String should have at least 1 character", "string_too_short");
        }
    }

    void settings(@Nullable Map<String, Object> settings, boolean required) {
        List<Object> at = List.of("body", "provider_config");
        if (settings == null && required) {
            violations.has(at, null);
        }
        FreeJson.violation(at, settings).ifPresent(violations::add);
    }

    void description(@Nullable String description) {
        violations.atMost(List.of("body", "description"), description, MAX_DESCRIPTION);
        if (description != null && description.indexOf('\0') >= 0) {
            violations.add(List.of("body", "description"), "must not hold NUL", "string_characters");
        }
    }

    void metadata(@Nullable Map<String, Object> metadata) {
        FreeJson.violation(List.of("body", "metadata"), metadata).ifPresent(violations::add);
    }

    /** Validates a requested status: ACTIVE or SUSPENDED, in any case; null leaves it unchanged. */
    @Nullable
    ConnectionStatus requestedStatus(@Nullable String status, @Nullable Boolean isActive) {
        ConnectionStatus flag =
                isActive == null ? null : isActive ? ConnectionStatus.ACTIVE : ConnectionStatus.SUSPENDED;
        if (status == null) {
            return flag;
        }
        ConnectionStatus named = ConnectionStatus.ACTIVE.name().equalsIgnoreCase(status)
                ? ConnectionStatus.ACTIVE
                : ConnectionStatus.SUSPENDED.name().equalsIgnoreCase(status) ? ConnectionStatus.SUSPENDED : null;
        if (named == null) {
            violations.add(List.of("body", "status"), "Input should be 'ACTIVE' or 'SUSPENDED'", "enum");
        } else if (flag != null && flag != named) {
            violations.add(
                    List.of("body", "is_active"), "says something else than status; send one of them", "value_error");
        }
        return named;
    }

    /** Throws when there were violations. */
    void refuse() {
        violations.refuse();
    }
}
