package dev.waybill.platform.charsets;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Detects the charset of text. Text is what decodes as text, whatever it is about. */
public final class TextEncodings {

    /** Decoders that take what is written under a name, where that is more than the name's own standard. */
    private static final Map<String, String> WIDER = Map.of(
            "Shift_JIS", "windows-31j",
            "EUC-KR", "x-windows-949",
            "Big5", "Big5-HKSCS",
            "macintosh", "x-MacRoman",
            "x-mac-cyrillic", "x-MacCyrillic");

    private static final Charset HZ = new HzCharset();

    private static final int LEAST_FOR_GUESS = 2;

    /** Text makes at least that much sense in the charset that it is written in. */
    private static final double DOUBTFUL = 1.1;

    /** Of text in a charset that is not among the guesses. ASCII in it is read as it is, and nothing is lost. */
    private static final String LAST_RESORT = "windows-1252";

    /** One of how many characters has to be one that is used much. */
    private static final int SURELY = 2;

    private static final int PROBABLY = 4;
    private static final int LONG_ENOUGH = 100;
    private static final int LONG_ENOUGH_FOR_ONE = 48;

    private TextEncodings() {}

    /**
     * What text is encoded in.
     *
     * @param head the first bytes, not to be changed
     * @param isWhole whether there are no others; else the last character may be cut
     * @param declared what its sender says it is, such as {@code shift_jis}; null when that was not said. It counts
     *     where the bytes allow it.
     * @return the charset's name in the IANA registry or the WHATWG's list, or Java's where neither has it; empty when
     *     the bytes are no text
     */
    public static Optional<String> detect(byte[] head, boolean isWhole, @Nullable String declared) {
        return Optional.ofNullable(find(head, head.length, isWhole, declared));
    }

    /** The charset of a name that {@link #detect} gives. */
    public static Charset charset(String name) {
        return name.equals(HzCharset.NAME) ? HZ : Charset.forName(WIDER.getOrDefault(name, name));
    }

    /** Where somebody cut off the end of a file in the middle of a letter; one letter before it makes sure of that. */
    private static boolean isUtf8CutOff(byte[] head, int length) {
        if (!TextBytes.isUtf8(head, length, false)) {
            return false;
        }
        int others = 0;
        for (int i = 0; i < length; i++) {
            others += (head[i] & 0xC0) == 0xC0 ? 1 : 0;
        }
        return others > 1;
    }

    public static @Nullable String find(byte[] head, int length, boolean isWhole, @Nullable String declared) {
        String marked = Unicode.ofMark(head, length, isWhole);
        if (marked != null) {
            return marked;
        }
        String wideDeclared = declared == null ? null : Unicode.ofDeclared(head, length, isWhole, declared);
        if (wideDeclared != null) {
            return wideDeclared;
        }
        if (TextBytes.isUtf8(head, length, isWhole) || (isWhole && isUtf8CutOff(head, length))) {
            String escaped = Iso2022.name(head, length);
            return escaped == null ? StandardCharsets.UTF_8.name() : escaped;
        }
        if (isEnded(head, length, isWhole)) {
            return find(head, length - 1, true, declared);
        }
        int controls = TextBytes.controls(head, length);
        if (controls > length / 64 + 1) {
            return wide(head, length, isWhole);
        }
        boolean isClean = controls <= (length < LONG_ENOUGH_FOR_ONE ? 0 : Math.max(1, length / 128));
        String said = declared == null ? DeclaredCharset.in(head, length) : declared;
        String claimed = said == null || !isClean ? null : claimed(head, length, isWhole, said);
        if (claimed != null) {
            return claimed;
        }
        String wide = wide(head, length, isWhole);
        if (wide != null || !isClean || length < LEAST_FOR_GUESS) {
            return wide;
        }
        return TextBytes.isUtf8ButFor(head, length) ? StandardCharsets.UTF_8.name() : legacy(head, length, isWhole);
    }

    private static @Nullable String wide(byte[] head, int length, boolean isWhole) {
        String wide = Unicode.ofShape(head, length, isWhole);
        return wide == null ? Unicode.ofWords(head, length, isWhole, SURELY) : wide;
    }

    private static @Nullable String legacy(byte[] head, int length, boolean isWhole) {
        LegacyCharsets.Guess guess = LegacyCharsets.guess(head, length, isWhole);
        if (guess.sense() >= DOUBTFUL) {
            return guess.name();
        }
        String wide = Unicode.ofWords(head, length, isWhole, PROBABLY);
        if (wide != null || length < LONG_ENOUGH && LegacyCharsets.isJumpy(head, length)) {
            return wide;
        }
        return guess.name() == null ? LAST_RESORT : guess.name();
    }

    /** C's programs write the NUL that ends a text along with it. */
    private static boolean isEnded(byte[] head, int length, boolean isWhole) {
        return isWhole && length > 1 && head[length - 1] == 0 && TextBytes.controls(head, length) == 1;
    }

    private static @Nullable String claimed(byte[] head, int length, boolean isWhole, String declared) {
        try {
            String name = Charset.forName(declared).name();
            boolean isUnicode = name.startsWith("UTF") || name.startsWith("IBM0") || name.startsWith("IBM1");
            return !isUnicode && decode(charset(name), head, length, isWhole) != null ? name : null;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return null;
        }
    }

    /** Null when it is not that; what is cut at the end is left out. */
    public static @Nullable CharBuffer decode(Charset charset, byte[] head, int length, boolean isWhole) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate((int) (length * (double) decoder.maxCharsPerByte()) + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(head, 0, length), text, isWhole);
        return result.isError() ? null : text.flip();
    }
}
