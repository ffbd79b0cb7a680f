package dev.waybill.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.errors.InvalidRequest;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IdempotencyKeyPropertyTests {

    @Property
    void visibleAsciiIsTakenAsItIs(@ForAll("visible") String text) {
        assertThat(IdempotencyKey.of(List.of(text)).value()).isEqualTo(text);
        assertThat(IdempotencyKey.of(List.of(" " + text + " ", text)).value()).isEqualTo(text);
    }

    @Property
    void whateverIsSentIsTakenOrRefusedByTheHeadersName(@ForAll String text) {
        boolean visible = text.strip().matches("[\\x21-\\x7e]{1,255}");
        if (visible) {
            assertThat(IdempotencyKey.of(List.of(text)).value()).isEqualTo(text.strip());
        } else {
            refused(List.of(text));
        }
    }

    @Property
    void anythingElseWithinIsRefused(@ForAll("visible") String text, @ForAll("invisible") char other) {
        refused(List.of("a" + other + text));
    }

    @Property
    void twoThatDifferAreRefused(@ForAll("visible") String one, @ForAll("visible") String other) {
        if (!one.equals(other)) {
            refused(List.of(one, other));
        }
    }

    @Example
    void theLengthIsBounded() {
        assertThat(IdempotencyKey.of(List.of("x".repeat(255))).value()).hasSize(255);
        refused(List.of("x".repeat(256)));
        refused(List.of(""));
        refused(List.of("   "));
    }

    @Provide
    Arbitrary<String> visible() {
        return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(255);
    }

    @Provide
    Arbitrary<Character> invisible() {
        return Arbitraries.chars().filter(c -> c <= ' ' || c >= 0x7f);
    }

    private static void refused(List<String> sent) {
        assertThatThrownBy(() -> IdempotencyKey.of(sent))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("Idempotency-Key");
    }
}
