package dev.waybill.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LayoutCleanupPropertyTests {

    /** What is meant, said by patterns, which are fine for short texts only. */
    @Property
    void endsOfLinesAndEmptyLinesAreTidied(@ForAll("texts") String text) {
        String lines = text.replaceAll("[ \\t]+\\n", "\n");
        String gaps = "[ \\t\\x0B\\f\\r]*\\n([ \\t\\x0B\\f\\r]*\\n){2,}";

        assertThat(LayoutCleanup.tidy(text))
                .isEqualTo(lines.replaceAll(gaps, "\n\n").strip());
    }

    @Example
    void longRowsOfBlanksAndLinesTakeNoLongerThanOtherText() {
        String blanks = " ".repeat(1_000_000);
        String feeds = "\f".repeat(1_000_000);

        assertThat(LayoutCleanup.tidy("a" + blanks + "b" + blanks)).isEqualTo("a" + blanks + "b");
        assertThat(LayoutCleanup.tidy("a\n" + feeds + "b")).isEqualTo("a\n" + feeds + "b");
        assertThat(LayoutCleanup.tidy("a" + " \n".repeat(1_000_000) + "b")).isEqualTo("a\n\nb");
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces =
                Arbitraries.of("a", "b c", " ", "  ", "\t", "\n", "\n\n", " \n", "\r\n", "\f", "\u000B");
        return pieces.list().ofMaxSize(40).map(list -> String.join("", list));
    }
}
