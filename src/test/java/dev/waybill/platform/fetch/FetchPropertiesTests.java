package dev.waybill.platform.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class FetchPropertiesTests {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Test
    void nothingInsideIsAllowedByDefault() {
        context.run(started -> assertThat(started.getBean(FetchProperties.class))
                .isEqualTo(new FetchProperties(
                        List.of(),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        DataSize.ofMegabytes(500),
                        5,
                        16)));
    }

    @Test
    void everySettingHasAName() {
        context.withPropertyValues(
                        "waybill.fetch.allow=10.0.0.0/8,files.internal",
                        "waybill.fetch.connect-timeout=1s",
                        "waybill.fetch.idle-timeout=2s",
                        "waybill.fetch.total-timeout=3s",
                        "waybill.fetch.max-size=4MB",
                        "waybill.fetch.max-redirects=0",
                        "waybill.fetch.max-concurrent=7")
                .run(started -> assertThat(started.getBean(FetchProperties.class))
                        .isEqualTo(new FetchProperties(
                                List.of("10.0.0.0/8", "files.internal"),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                DataSize.ofMegabytes(4),
                                0,
                                7)));
    }

    @Configuration
    @EnableConfigurationProperties(FetchProperties.class)
    static class Properties {}
}
