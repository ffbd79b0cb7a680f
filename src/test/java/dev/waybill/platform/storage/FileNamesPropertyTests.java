package dev.waybill.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.storage.FileNames.Problem;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FileNamesPropertyTests {

    private static final int[] TURNING = {
        0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069
    };

    @Test
    void whatChangesTheDirectionOfWritingIsNamed() {
        for (int letter : TURNING) {
            String name = "annex" + Character.toString(letter) + "gpj.exe";
            assertThat(FileNames.problems(name))
                    .extracting(Problem::message)
                    .containsExactly("must not hold U+%04X, which changes the direction of writing; remove it"
                            .formatted(letter));
            assertThat(FileNames.safe(name)).isEqualTo("annex_gpj.exe");
        }
        assertThat(FileNames.problems("a\u202Eb\u2066c\u202E").getFirst().message())
                .contains("U+202E, U+2066, which");
        assertThat(FileNames.problems("צילום מסך.png")).isEmpty();
    }

    @Test
    void whatIsNoCharacterIsNamedForNoListingCouldHoldIt() {
        for (int letter : new int[] {0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFE}) {
            String name = "a" + Character.toString(letter) + ".txt";
            assertThat(FileNames.problems(name))
                    .extracting(Problem::message)
                    .containsExactly("must not hold U+FFFE, U+FFFF and the like, which are no characters");
            assertThat(FileNames.safe(name)).isEqualTo("a_.txt");
        }
        assertThat(FileNames.problems("\uFFFD.txt")).isEmpty();
    }

    @Property
    void whatWasMadeSafeCouldHaveBeenSentByAClient(@ForAll("names") String name) {
        String safe = FileNames.safe(name);

        assertThat(FileNames.problems(safe)).isEmpty();
        assertThat(safe.length()).isBetween(1, 120);
        assertThat(FileNames.safe(safe)).isEqualTo(safe);
    }

    @Property
    void whatAClientMaySendStaysAsItIs(@ForAll("names") String name) {
        String stripped = name.strip();
        if (stripped.length() <= 120 && FileNames.problems(name).isEmpty()) {
            assertThat(FileNames.safe(name)).isEqualTo(stripped);
        }
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> letters = Arbitraries.of(
                "a", "ä", "😀", ".", "..", " ", "/", "\\", "\u0000", "\u0085", "\u2028", "\u202E", "\u061C", "\ud83d");
        return Combinators.combine(
                        letters.list().ofMaxSize(130), Arbitraries.strings().ofMaxLength(5))
                .as((some, end) -> String.join("", some) + end);
    }
}
