package dev.waybill.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTests {

    @Test
    void hundredPerCentMeansDone() {
        assertThat(new Progress(999, 1000).percentage()).isEqualTo(99);
        assertThat(new Progress(1000, 1000).percentage()).isEqualTo(100);
        assertThat(new Progress(0, 0).percentage()).isEqualTo(100);
        assertThat(new Progress(Long.MAX_VALUE - 1, Long.MAX_VALUE).percentage())
                .isBetween(99, 100);
    }

    @Test
    void impossibleValuesAreCutToTheBounds() {
        assertThat(new Progress(7, 5)).isEqualTo(new Progress(5, 5));
        assertThat(new Progress(-1, 5)).isEqualTo(new Progress(0, 5));
        assertThat(new Progress(3, -1)).isEqualTo(new Progress(0, 0));
    }
}
