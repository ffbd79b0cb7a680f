package dev.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTests {

    @Test
    void aListingWithoutACycleGoesOn() {
        PageToken token = PageToken.first("t0");
        for (int i = 1; i < 5_000; i++) {
            token = token.then("t" + i, "Somewhere");
            assertThat(token.value()).isEqualTo("t" + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 1_000})
    void aCycleIsDetectedWhateverItsLengthAndStart(int length) {
        for (int lead : new int[] {0, 1, 5, 130}) {
            assertThatThrownBy(() -> {
                        PageToken token = PageToken.first("lead0");
                        for (int i = 1; i < 10_000; i++) {
                            token = token.then(i < lead ? "lead" + i : "circle" + i % length, "Somewhere");
                        }
                    })
                    .isInstanceOfSatisfying(SourceException.class, refused -> {
                        assertThat(refused.diagnosis()).isEqualTo(Diagnosis.BROKEN_LISTING);
                        assertThat(refused.getMessage()).startsWith("Somewhere tells of the same files again");
                    });
        }
    }
}
