package dev.waybill.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SafeRegexPropertyTests {

    private static final long MAX_STEPS = 3_000_000;

    @Property
    void whatPassesCompilesAndEndsSoon(@ForAll("expressions") String regex) {
        if (SafeRegex.complaint(regex).isEmpty()) {
            Counted text = new Counted("a".repeat(60) + "!");
            Pattern.compile(regex + "#").matcher(text).find();
            assertThat(text.steps).as(regex).isLessThan(MAX_STEPS);
        }
    }

    @Property
    void anyTextIsEitherRefusedOrCompiles(@ForAll String regex) {
        if (SafeRegex.complaint(regex).isEmpty()) {
            Pattern.compile(regex);
        }
    }

    @Provide
    Arbitrary<String> expressions() {
        return Arbitraries.of(
                        "a", ".", "a*", "a+", "a?", "(", ")", "|", "[a-c]", "{0,5}", "*", "+", "?", "(?:", "^", "$")
                .list()
                .ofMinSize(1)
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
    }

    /** Counts how often the engine looks at a character. */
    private static final class Counted implements CharSequence {

        private final String text;
        private long steps;

        private Counted(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++steps > MAX_STEPS) {
                throw new AssertionError("does not end");
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }
    }
}
