package dev.waybill.platform.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeRegexTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "^photo.*\\.jpe?g$",
                "[a-z0-9_-]+@[a-z.]+",
                "^(jpg|png|gif|webp)$",
                "\\d{4}-\\d{2}-\\d{2}",
                "a{2,5}",
                "(?:ab){2,3}",
                "(ab)+",
                "a.*b.*c",
                "\\bword\\b",
                "[^\\]\\-]",
                "a|b|c",
                "ä+",
                "a+?b*?"
            })
    void ordinaryExpressionsPass(String regex) {
        assertThat(SafeRegex.complaint(regex)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+",
                "(a*)*",
                "((a)+)+",
                "(a|a)*",
                "(a|aa)+b",
                "(?:a?){9}",
                "(a)\\1",
                "(?=a)b",
                "(?<x>a)",
                "(?i)a",
                "a++",
                "a**",
                "a{2}{3}",
                "a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaa",
                "(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)b",
                ".*.*.*",
                "a*a*a*aa?",
                "a{0,99}a{0,99}a{0,99}a{0,99}",
                "a{1000}",
                "a{5,2}",
                "a{,5}",
                "a{",
                "a}",
                "*a",
                "^*",
                "\\b+",
                "(a",
                "a)",
                "[a",
                "[]",
                "[]a]",
                "[^]",
                "[[:alpha:]]",
                "[a&&b]",
                "[z-a]",
                "[\\b]",
                "a\\",
                "[a\\",
                "\\p{L}",
                "\\Qa\\E",
                "\\x41",
                "((((((((((((a))))))))))))"
            })
    void expressionsThatMayNotEndOrAreReadDifferentlyAreRefused(String regex) {
        assertThat(SafeRegex.complaint(regex)).isPresent();
    }
}
