package dev.waybill.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Re2RegexTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "a*a*b",
                "^photo.*\\.jpe?g",
                "[a-z0-9_-]+@[a-z]+\\.de",
                "(?:a+)+b",
                ".*.*.*.*x",
                "a{2,5}b{3}c{2,}",
                "\\bword\\B",
                "\\A-/#\"\\-\\.\\z",
                "a||b",
                "ä+😀?",
                "(?i)a(?s:.)(?i-s)b",
                "a|(?-i:b)"
            })
    void whatEveryEngineReadsAlikeStaysAsItIs(String regex) {
        assertThat(Re2Regex.portable(regex).replace("\\-", "-")).isEqualTo(regex.replace("\\-", "-"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '"',
            value = {
                "a$ a\\z",
                "(a) (?:a)",
                "(?P<year>\\d) (?:[0-9])",
                "(?<year>a) (?:a)",
                "a+?b??c{1,2}? a+b?c{1,2}",
                "a]} a\\]\\}",
                "[]a] [\\]a]",
                "[^[] [^\\[]",
                "[\\w-a] [0-9A-Za-z_\\-a]",
                "[\\d_-] [0-9_\\-]",
                "[a-c-e] [a-c\\-e]",
                "[&&] [\\&\\&]",
                "[.a.] [\\.a\\.]",
                "\\w\\W [0-9A-Za-z_][^0-9A-Za-z_]",
                "[[:digit:]] [0-9]",
                "\\x41\\x{1F600} \\x{41}\\x{1f600}",
                "\\a\\v \\x{7}\\x{b}",
                "\\pL\\PN\\p{^Nd}[\\pL] \\p{L}\\P{N}\\P{Nd}[\\p{L}]"
            })
    void whatTheyReadInTheirOwnWaysIsRewritten(String regex, String portable) {
        assertThat(Re2Regex.portable(regex)).isEqualTo(portable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a)\\1",
                "\\012",
                "(?=a)b",
                "(?!a)",
                "(?<=a)b",
                "(?>a)",
                "(?#a)",
                "(?m)^a",
                "(?U)a*",
                "(?x)a",
                "(*UCP)a",
                "a++",
                "a**",
                "a{2}{3}",
                "a{1001}",
                "(?:a{100}){100}",
                "(((a{50}){50}){50}){50}",
                "a{5,2}",
                "a{,5}",
                "a{ 1, 2 }",
                "a{",
                "*a",
                "^*",
                "\\b+",
                "$?",
                "a(?i)*",
                "(a",
                "a)",
                "[a",
                "[]",
                "[^]",
                "[z-a]",
                "[a-\\d]",
                "[\\W]",
                "[\\PL]",
                "[\\b]",
                "[[:alfa:]]",
                "[[:^alpha:]]",
                "a\\",
                "[a\\",
                "\\p{Lu}",
                "\\p{Greek}",
                "\\p{Cn}",
                "\\Qa\\E",
                "\\Z",
                "\\h",
                "\\R",
                "\\x4",
                "\\x{d800}",
                "\\x{110000}",
                "\\é",
                "(?i)ᲀ",
                "(?i)\\x{1c88}",
                "(?i)[ᲀ]",
                "(?i)[a-\\x{1c80}]",
                "(?i)[^K-😀]"
            })
    void whatTheyCannotReadAlikeIsRefused(String regex) {
        assertThatThrownBy(() -> Re2Regex.portable(regex))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s)(has|is|ends|repeats) .*");
    }
}
