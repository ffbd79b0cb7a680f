package dev.waybill.auth.access;

import dev.waybill.auth.CurrentCaller;
import dev.waybill.platform.tenancy.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Start-up check of the access table: fails when a handler under /v1 has no row, or one that does not fit, which
 * nothing else would detect.
 */
@Component
class AccessCheck implements SmartInitializingSingleton {

    private final AccessTable table;
    private final ListableBeanFactory beans;

    AccessCheck(AccessTable table, ListableBeanFactory beans) {
        this.table = table;
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        beans.getBeansOfType(RequestMappingHandlerMapping.class)
                .values()
                .forEach(mapping -> check(table, mapping.getHandlerMethods()));
    }

    static void check(AccessTable table, Map<RequestMappingInfo, HandlerMethod> handlers) {
        List<String> wrong = handlers.entrySet().stream()
                .filter(entry -> paths(entry.getKey()).findAny().isPresent())
                .flatMap(entry -> problem(table, entry.getKey(), entry.getValue())
                        .map(problem -> "%s: %s".formatted(entry.getValue().getShortLogMessage(), problem))
                        .stream())
                .sorted()
                .toList();
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("Correct these handlers, or their rows in AccessTable: " + wrong);
        }
    }

    private static Optional<String> problem(AccessTable table, RequestMappingInfo mapping, HandlerMethod handler) {
        Optional<AccessRow> first = table.find(handler);
        boolean isWhole = mapping.getMethodsCondition().getMethods().stream()
                .flatMap(method -> paths(mapping).map(path -> table.find(method, path)))
                .allMatch(row -> row.isPresent()
                        && row.map(AccessRow::permission).equals(first.map(AccessRow::permission))
                        && row.map(AccessRow::level).equals(first.map(AccessRow::level)));
        if (first.isEmpty() || !isWhole) {
            return Optional.of("no row for %s, or different ones".formatted(mapping));
        }
        boolean isNamespaced = Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == Scope.class);
        return isNamespaced && !first.get().level().isNamespaced()
                ? Optional.of("takes a Scope, which keys may be narrowed to, and its level lies in none")
                : Optional.empty();
    }

    /** Paths that need a key. */
    private static Stream<String> paths(RequestMappingInfo mapping) {
        return mapping.getPatternValues().stream()
                .filter(path ->
                        (path.equals("/v1") || path.startsWith("/v1/")) && !CurrentCaller.OPEN_PATHS.contains(path));
    }
}
