package dev.waybill.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class AuthPropertiesTests {

    @EnableConfigurationProperties(AuthProperties.class)
    static class Settings {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.withPropertyValues("waybill.auth.bootstrap-api-key=")
                .run(context -> assertThat(context.getBean(AuthProperties.class))
                        .isEqualTo(new AuthProperties(
                                null,
                                Duration.ofSeconds(4),
                                new AuthProperties.RateLimit(Duration.ofSeconds(60), 600, 6_000, 60_000))));
    }

    @Test
    void everyKeyIsMapped() {
        runner.withPropertyValues(
                        "waybill.auth.bootstrap-api-key=sk_0123456789abcdef01234567",
                        "waybill.auth.key-cache-ttl=2s",
                        "waybill.auth.rate-limit.window=10s",
                        "waybill.auth.rate-limit.free=1",
                        "waybill.auth.rate-limit.pro=2",
                        "waybill.auth.rate-limit.enterprise=3")
                .run(context -> {
                    AuthProperties properties = context.getBean(AuthProperties.class);
                    assertThat(properties)
                            .isEqualTo(new AuthProperties(
                                    new Secret("sk_0123456789abcdef01234567"),
                                    Duration.ofSeconds(2),
                                    new AuthProperties.RateLimit(Duration.ofSeconds(10), 1, 2, 3)));
                    assertThat(properties).asString().doesNotContain("sk_0123456789abcdef01234567");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "waybill.auth.bootstrap-api-key=sk_short",
                "waybill.auth.bootstrap-api-key=sk_0123456789abcdef0123456",
                "waybill.auth.bootstrap-api-key=0123456789abcdef0123456789abcdef",
                "waybill.auth.bootstrap-api-key=sk_0123456789 abcdef0123456789",
                "waybill.auth.key-cache-ttl=5s",
                "waybill.auth.rate-limit.free=0",
                "waybill.auth.rate-limit.window=10ms"
            })
    void outOfBoundsRefusesToStart(String property) {
        runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
    }

    @Test
    void aMalformedKeyIsNotPrintedByTheFailure() {
        runner.withPropertyValues("waybill.auth.bootstrap-api-key=not-a-key-of-ours")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("WAYBILL_BOOTSTRAP_API_KEY")
                        .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("not-a-key-of-ours")));
    }

    private static String stackTrace(Throwable failure) {
        var text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }
}
