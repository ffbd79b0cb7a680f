package dev.waybill.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which responses a pinned read accepts. */
class PinnedReadTests {

    private static final SourceFile FILE =
            new SourceFile("id", "a.txt", 5, null, "1", Map.of(), null, null, SourceFile.Kind.FILE);

    @Test
    void anAnswerThatDoesNotSayHowLongItIsEndsWithTheListedBytes() throws IOException {
        assertThat(bytes("hello", Map.of()).readAllBytes()).asString().isEqualTo("hello");
        assertThat(bytes("hell", Map.of()).readAllBytes()).asString().isEqualTo("hell");
    }

    @Test
    void moreBytesThanWereListedAreThoseOfAnotherFile() {
        assertThatThrownBy(() -> bytes("hello!", Map.of()).readNBytes(5)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> bytes("hello!", Map.of()).readAllBytes()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> bytes("hello!", Map.of("content-length", "6")))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        refused -> assertThat(refused.diagnosis()).isEqualTo(Diagnosis.CHANGED_DURING_READ));
    }

    private static InputStream bytes(String text, Map<String, String> headers) {
        return PinnedRead.of(FILE, 0)
                .bytes(
                        new RestStream(
                                new RestAnswer(200, headers, new byte[0]), new ByteArrayInputStream(text.getBytes())),
                        "The store",
                        false);
    }
}
