package dev.waybill.auth.access;

import dev.waybill.auth.Permission;
import io.swagger.v3.oas.models.Operation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Adds what its row of the access table says to every operation of the OpenAPI document. */
@Component
class AccessDescription implements OperationCustomizer {

    private static final String EXTENSION = "x-waybill-access";

    private final AccessTable table;

    AccessDescription(AccessTable table) {
        this.table = table;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        table.find(handler).ifPresent(row -> {
            String own = operation.getDescription() == null ? "" : operation.getDescription() + "\n\n";
            operation.setDescription(own + text(row));
            operation.addExtension(EXTENSION, extension(row));
        });
        return operation;
    }

    /** In a sentence or two, for people. */
    static String text(AccessRow row) {
        String needs = "Needs `%s`.".formatted(row.permission().wire());
        if (row.permission() == Permission.ADMIN) {
            return needs + " No key that is narrowed by scopes is let in.";
        }
        String inside = kinds(row, ScopeRestriction.INSIDE);
        String never = kinds(row, ScopeRestriction.NEVER);
        return needs
                + (inside.isEmpty() ? "" : " Keys that are narrowed to %s: inside these only.".formatted(inside))
                + (never.isEmpty() ? "" : " Keys that are narrowed to %s: never.".formatted(never));
    }

    /** Without those that make no difference to almost anybody. */
    private static String kinds(AccessRow row, ScopeRestriction scopeRestriction) {
        List<String> kinds = Arrays.stream(ScopeKind.values())
                .filter(kind -> kind != ScopeKind.ORGANIZATION && kind != ScopeKind.OTHER)
                .filter(kind -> row.narrowing(kind) == scopeRestriction)
                .map(ScopeKind::plural)
                .toList();
        return kinds.size() < 2
                ? String.join("", kinds)
                : String.join(", ", kinds.subList(0, kinds.size() - 1)) + " or " + kinds.getLast();
    }

    private static Map<String, Object> extension(AccessRow row) {
        Map<String, Object> narrowed = new LinkedHashMap<>();
        for (ScopeKind kind : ScopeKind.values()) {
            narrowed.put(kind.wire(), row.narrowing(kind).wire());
        }
        Map<String, Object> extension = new LinkedHashMap<>();
        extension.put("permission", row.permission().wire());
        extension.put("level", row.level().wire());
        extension.put("narrowed", narrowed);
        return extension;
    }
}
