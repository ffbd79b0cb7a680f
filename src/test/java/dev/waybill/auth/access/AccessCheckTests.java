package dev.waybill.auth.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.auth.Permission;
import dev.waybill.platform.tenancy.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

class AccessCheckTests {

    static class Handlers {

        @GetMapping("/v1/buckets/{id}")
        public void guarded(Scope scope) {}

        @GetMapping("/v1/missing/{id}")
        public void missing() {}

        @GetMapping({"/v1/buckets/{id}", "/v1/alias/{id}"})
        public void halfMissing() {}

        @GetMapping({"/v1/buckets/{id}", "/v1/others/{id}"})
        public void differentRows() {}

        @GetMapping("/v1/organization")
        public void outsideTheNamespace(Scope scope) {}

        @GetMapping("/v1/health")
        public void open() {}

        @GetMapping("/docs")
        public void elsewhere() {}
    }

    @Test
    void aHandlerWithoutARowIsNamed() {
        assertThatThrownBy(() -> check("missing"))
                .hasMessageContaining("/v1/missing/{id}")
                .hasMessageContaining("#missing");
        assertThatThrownBy(() -> check("halfMissing")).hasMessageContaining("/v1/alias/{id}");
    }

    @Test
    void aHandlerWithTwoDifferentRowsIsNamed() {
        assertThatThrownBy(() -> check("differentRows")).hasMessageContaining("/v1/others/{id}");
    }

    @Test
    void aNamespacedHandlerWithARowOutsideNamespacesIsNamed() {
        assertThatThrownBy(() -> check("outsideTheNamespace")).hasMessageContaining("takes a Scope");
    }

    @Test
    void othersPass() {
        for (String name : List.of("guarded", "open", "elsewhere")) {
            assertThatCode(() -> check(name)).as(name).doesNotThrowAnyException();
        }
    }

    private static void check(String name) {
        var method = Arrays.stream(Handlers.class.getMethods())
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow();
        GetMapping mapping = method.getAnnotation(GetMapping.class);
        AccessCheck.check(
                new AccessTable(Stream.of(
                        row("/v1/buckets/{id}", Level.BUCKET),
                        row("/v1/others/{id}", Level.NAMESPACE),
                        row("/v1/organization", Level.ORGANIZATION))),
                Map.of(
                        RequestMappingInfo.paths(mapping.value())
                                .methods(RequestMethod.GET)
                                .build(),
                        new HandlerMethod(new Handlers(), method)));
    }

    private static AccessRow row(String path, Level level) {
        return new AccessRow(RequestMethod.GET, path, Permission.READ, level);
    }
}
