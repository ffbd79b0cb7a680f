package dev.waybill.syncs.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTests {

    @ParameterizedTest
    @CsvSource({
        "*.mp4, a.mp4, true",
        "*.mp4, a.MP4, false",
        "*.mp4, .mp4, true",
        "*.mp4, a.mp4x, false",
        "a?c, abc, true",
        "a?c, ac, false",
        "a?c, a😀c, true",
        "[abc].txt, b.txt, true",
        "[abc].txt, d.txt, false",
        "[a-c1]*, 1x, true",
        "[!a-c]*, dx, true",
        "[^a-c]*, ax, false",
        "[]]x, ]x, true",
        "[!]]x, ]x, false",
        "[a-]x, -x, true",
        "[[]draft], [draft], true",
        "[😀-😂], 😁, true",
        "*/drafts/*, a/b/drafts/c/d, true",
        "*/drafts/*, drafts/c, false",
        "**/drafts/*, drafts/c, true",
        "**/drafts/*, a/b/drafts/c, true",
        "**/drafts/*, mydrafts/c, false",
        "a/**/b, a/b, true",
        "a/**/b, a/x/y/b, true",
        "a/**/b, ab, false",
        "a**/b, a/b, true",
        "a**b, ab, true",
        "videos/**, videos/a/b, true",
        "**, anything/at all, true",
        "a.c, abc, false",
        "(a|b)+, a, false",
        "'', '', true"
    })
    void aPatternFitsAllOfATextOrNot(String pattern, String text, boolean fits) {
        assertThat(Glob.of(pattern).matches(text)).isEqualTo(fits);
    }

    @Test
    void aLineBreakIsACharacterLikeAnyOther() {
        assertThat(Glob.of("a*z").matches("a\r\n\u0001\u2028z")).isTrue();
        assertThat(Glob.of("a?z").matches("a\nz")).isTrue();
    }

    @Test
    void whatHasNoSlashIsTriedOnTheNameAndWhatHasOneOnThePaths() {
        assertThat(Glob.of("*.mp4").takes("c.mp4", "b/c.mp4", "a/b/c.mp4")).isTrue();
        assertThat(Glob.of("b*").takes("c.mp4", "b/c.mp4", "a/b/c.mp4")).isFalse();
        assertThat(Glob.of("b/*").takes("c.mp4", "b/c.mp4", "a/b/c.mp4")).isTrue();
        assertThat(Glob.of("a/b/*").takes("c.mp4", "b/c.mp4", "a/b/c.mp4")).isTrue();
        assertThat(Glob.of("/b/*").takes("c.mp4", "b/c.mp4", "a/b/c.mp4")).isTrue();
        assertThat(Glob.of("/c.mp4").takes("c.mp4", "b/c.mp4", "a/b/c.mp4")).isFalse();
        assertThat(Glob.of("/c.mp4").takes("c.mp4", "c.mp4", "a/c.mp4")).isTrue();
    }

    @Test
    void malformedPatternsAreRefusedWithTheError() {
        assertThatThrownBy(() -> Glob.of("a[bc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'[' without its ']' at character 2");
        assertThatThrownBy(() -> Glob.of("[]")).hasMessageContaining("without its ']'");
        assertThatThrownBy(() -> Glob.of("[z-a]")).hasMessageContaining("z-a");
    }

    @Test
    void noPatternTakesLong() {
        Glob glob = Glob.of("*a".repeat(500) + "b");
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(glob.matches("a".repeat(1024))).isFalse());
        Glob folders = Glob.of("**/".repeat(300) + "b");
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(folders.matches("a/".repeat(512))).isFalse());
    }
}
