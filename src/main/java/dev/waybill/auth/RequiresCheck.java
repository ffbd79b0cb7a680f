package dev.waybill.auth;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Refuses to start when a handler under /v1 forgot to say which permission it needs: such a one would need none. */
@Component
class RequiresCheck implements SmartInitializingSingleton {

    private final ListableBeanFactory beans;

    RequiresCheck(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        beans.getBeansOfType(RequestMappingHandlerMapping.class)
                .values()
                .forEach(mapping -> check(mapping.getHandlerMethods()));
    }

    static void check(Map<RequestMappingInfo, HandlerMethod> handlers) {
        List<String> forgotten = handlers.entrySet().stream()
                .filter(entry -> entry.getValue().getMethodAnnotation(Requires.class) == null)
                .filter(entry -> needsKey(entry.getKey().getPatternValues()))
                .map(entry -> entry.getKey().getPatternValues() + " "
                        + entry.getValue().getShortLogMessage())
                .sorted()
                .toList();
        if (!forgotten.isEmpty()) {
            throw new IllegalStateException("These handlers under /v1 lack @Requires: " + forgotten);
        }
    }

    private static boolean needsKey(Set<String> patterns) {
        return patterns.stream()
                .anyMatch(path ->
                        (path.equals("/v1") || path.startsWith("/v1/")) && !AuthFilter.PUBLIC_PATHS.contains(path));
    }
}
