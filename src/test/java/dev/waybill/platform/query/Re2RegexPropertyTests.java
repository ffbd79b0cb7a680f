package dev.waybill.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class Re2RegexPropertyTests {

    /** What is rewritten finds what the expression finds in RE2 itself, in any case or in the one that is given. */
    @Property
    void rewritingChangesNothing(@ForAll("expressions") String regex, @ForAll("texts") List<String> texts) {
        portable(regex).ifPresent(portable -> {
            for (int flags : new int[] {0, Pattern.CASE_INSENSITIVE}) {
                Pattern original = Pattern.compile(regex, flags);
                Pattern rewritten = Pattern.compile(portable, flags);
                for (String text : texts) {
                    assertThat(rewritten.matcher(text).find())
                            .as("%s as %s over '%s'", regex, portable, text)
                            .isEqualTo(original.matcher(text).find());
                }
            }
        });
    }

    @Property
    void whatIsRewrittenIsReadTheSameOnceMore(@ForAll("expressions") String regex) {
        portable(regex).ifPresent(once -> assertThat(portable(once)).contains(once));
    }

    @Property
    void anyTextIsEitherRefusedOrCompiles(@ForAll String regex) {
        portable(regex).ifPresent(Pattern::compile);
    }

    @Provide
    Arbitrary<String> expressions() {
        return Arbitraries.of(
                        "a",
                        "b",
                        "K",
                        "ſ",
                        "-",
                        "^",
                        "$",
                        ".",
                        "*",
                        "+",
                        "?",
                        "|",
                        "(",
                        ")",
                        "(?:",
                        "(?i)",
                        "(?s:",
                        "[",
                        "[^",
                        "]",
                        "\\d",
                        "\\D",
                        "\\w",
                        "\\W",
                        "\\s",
                        "\\S",
                        "\\b",
                        "\\n",
                        "\\v",
                        "\\z",
                        "\\x{212a}",
                        "\\pL",
                        "\\P{Nd}",
                        "[[:punct:]]",
                        "[[:lower:]]",
                        "{2}",
                        "{1,3}",
                        "{0}",
                        "\\-",
                        "[a-z]",
                        "[K-\u0416]",
                        "K-😀",
                        "ᲀ",
                        "é",
                        "😀")
                .list()
                .ofMinSize(1)
                .ofMaxSize(10)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.of(
                        "a", "b", "A", "k", "K", "s", "ſ", "-", " ", "\n", "\u000b", "\u0000", "1", "_", "é", "É", "😀")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts))
                .list()
                .ofSize(8);
    }

    private static Optional<String> portable(String regex) {
        try {
            return Optional.of(Re2Regex.portable(regex));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }
}
