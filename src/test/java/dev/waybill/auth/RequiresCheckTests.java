package dev.waybill.auth;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

class RequiresCheckTests {

    static class Handlers {

        @Requires(Permission.READ)
        public void guarded() {}

        public void forgotten() {}
    }

    @Test
    void aHandlerThatForgotItsPermissionIsNamed() {
        assertThatThrownBy(() -> check("/v1/buckets/{id}", "forgotten"))
                .hasMessageContaining("/v1/buckets/{id}")
                .hasMessageContaining("forgotten");
    }

    @Test
    void othersPass() {
        assertThatCode(() -> check("/v1/buckets/{id}", "guarded")).doesNotThrowAnyException();
        assertThatCode(() -> check("/v1/health", "forgotten")).doesNotThrowAnyException();
        assertThatCode(() -> check("/docs", "forgotten")).doesNotThrowAnyException();
    }

    private static void check(String path, String method) throws NoSuchMethodException {
        RequiresCheck.check(Map.of(
                RequestMappingInfo.paths(path).build(),
                new HandlerMethod(new Handlers(), Handlers.class.getMethod(method))));
    }
}
