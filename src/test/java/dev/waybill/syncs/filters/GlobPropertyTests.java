package dev.waybill.syncs.filters;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GlobPropertyTests {

    @Property(tries = 500)
    void itSaysWhatANaiveReadingSays(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        assertThat(Glob.of(pattern).matches(text)).as("%s on %s", pattern, text).isEqualTo(naive(pattern, 0, text));
    }

    @Property
    void aTextFitsItselfWhenItIsQuoted(@ForAll String text) {
        String quoted = text.replaceAll("[*?\\[]", "[$0]");
        if (!quoted.startsWith("/")) {
            assertThat(Glob.of(quoted).matches(text)).isTrue();
        }
    }

    @Property
    void anyTextIsEitherAPatternOrRefused(@ForAll String pattern, @ForAll String text) {
        try {
            Glob.of(pattern).matches(text);
        } catch (IllegalArgumentException refused) {
            assertThat(pattern).contains("[");
        }
    }

    /** Tries every alternative, one after the other. */
    private static boolean naive(String pattern, int at, String text) {
        if (at == pattern.length()) {
            return text.isEmpty();
        }
        boolean beginsPart = at == 0 || pattern.charAt(at - 1) == '/';
        boolean canBeLeftOut = beginsPart && pattern.startsWith("**/", at);
        if (canBeLeftOut && naive(pattern, at + 3, text)) {
            return true;
        }
        char c = pattern.charAt(at);
        if (c == '*') {
            int stays = canBeLeftOut ? at + 1 : at; // at its second star, once it has matched a character
            return naive(pattern, at + 1, text) || (!text.isEmpty() && naive(pattern, stays, text.substring(1)));
        }
        if (text.isEmpty()) {
            return false;
        }
        char first = text.charAt(0);
        if (c == '[') {
            int end = pattern.indexOf(']', at);
            String set = pattern.substring(at + 1, end);
            boolean has = set.startsWith("!") ? set.indexOf(first, 1) < 0 : set.indexOf(first) >= 0;
            return has && naive(pattern, end + 1, text.substring(1));
        }
        return (c == '?' || c == first) && naive(pattern, at + 1, text.substring(1));
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("a", "b", "/", "*", "**/", "**", "?", "[ab]", "[!a]", ".")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts))
                .filter(pattern -> !pattern.startsWith("/"));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of('a', 'b', '/', '.').list().ofMaxSize(9).map(letters -> {
            StringBuilder text = new StringBuilder();
            letters.forEach(text::append);
            return text.toString();
        });
    }
}
