package dev.waybill.batches;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class BatchPropertiesTests {

    private static final BatchProperties DEFAULTS = new BatchProperties(
            50,
            48,
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            Duration.ofSeconds(10));

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Test
    void theDefaultsAreThese() {
        context.run(
                started -> assertThat(started.getBean(BatchProperties.class)).isEqualTo(DEFAULTS));
    }

    @Test
    void everySettingHasAName() {
        context.withPropertyValues(
                        "waybill.batches.chunk-size=7",
                        "waybill.batches.chunks-at-once=8",
                        "waybill.batches.turn=6ms",
                        "waybill.batches.poll-at-least=1ms",
                        "waybill.batches.poll-at-most=2ms",
                        "waybill.batches.storage-retry=3ms",
                        "waybill.batches.storage-patience=4ms",
                        "waybill.batches.watch-after=5ms")
                .run(started -> assertThat(started.getBean(BatchProperties.class))
                        .isEqualTo(new BatchProperties(
                                7,
                                8,
                                Duration.ofMillis(6),
                                Duration.ofMillis(1),
                                Duration.ofMillis(2),
                                Duration.ofMillis(3),
                                Duration.ofMillis(4),
                                Duration.ofMillis(5))));
    }

    @Test
    void anEmptyChunkIsRefused() {
        context.withPropertyValues("waybill.batches.chunk-size=0")
                .run(started -> assertThat(started).getFailure().rootCause().hasMessageContaining("chunkSize"));
    }

    @Test
    void smallBatchesAreSpreadAndLargeOnesAreCutIntoBoundedChunks() {
        assertThat(DEFAULTS.chunkSize(0)).isEqualTo(1);
        assertThat(DEFAULTS.chunkSize(10)).isEqualTo(1);
        assertThat(DEFAULTS.chunkSize(320)).isEqualTo(10);
        assertThat(DEFAULTS.chunkSize(1_000_000)).isEqualTo(50);
    }

    @Test
    void anOldTierIsPolledSeldom() {
        assertThat(DEFAULTS.poll(Duration.ZERO)).isEqualTo(Duration.ofMillis(100));
        assertThat(DEFAULTS.poll(Duration.ofSeconds(5))).isEqualTo(Duration.ofMillis(500));
        assertThat(DEFAULTS.poll(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(2));
    }

    @Configuration
    @EnableConfigurationProperties(BatchProperties.class)
    static class Properties {}
}
