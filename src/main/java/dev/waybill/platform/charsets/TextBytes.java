package dev.waybill.platform.charsets;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks whether bytes are UTF-8, which ASCII is too, and counts those that no text holds. */
public final class TextBytes {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH = 0x8080808080808080L;
    private static final long SPACES = 0x2020202020202020L;

    /**
     * What no text holds: NUL to ACK, SO to EM. The WHATWG's binary data bytes (https://mimesniff.spec.whatwg.org, 3.1)
     * without those that are met in text: bell and back space in terminals' logs, the end mark of DOS, the separators
     * of library records.
     */
    private static final int CONTROLS = 0x03FF_C07F;

    private static final int SHIFTS = 1 << 0x0E | 1 << 0x0F;

    private final byte[] bytes;
    private final int length;
    private final boolean isWhole;
    private int controls;
    private int shifts;

    private TextBytes(byte[] bytes, int length, boolean isWhole) {
        this.bytes = bytes;
        this.length = length;
        this.isWhole = isWhole;
    }

    public static boolean isControl(int character) {
        return character < 0x20 && (CONTROLS >>> character & 1) != 0;
    }

    /**
     * Whether it is UTF-8 and holds next to nothing that no text holds; the last character may be cut unless it is
     * whole.
     */
    static boolean isUtf8(byte[] bytes, int length, boolean isWhole) {
        TextBytes text = new TextBytes(bytes, length, isWhole);
        return text.isValid() && isFew(text.controls - text.forgiven(), length);
    }

    /**
     * Whether it is UTF-8 but for a few bytes that somebody put between: what is read as UTF-8 loses these, and as
     * anything else all letters. Of text in an old charset not many pairs happen to be letters of UTF-8, and most are
     * none.
     */
    static boolean isUtf8ButFor(byte[] bytes, int length) {
        TextBytes text = new TextBytes(bytes, length, false);
        int letters = 0;
        int strays = 0;
        for (int at = 0; at < length; ) {
            int next = bytes[at] >= 0 ? at + 1 : text.character(at, bytes[at] & 0xff);
            boolean isOdd = next == at + 2 && !isLetter(bytes[at], bytes[at + 1]);
            strays += next < 0 || isOdd ? 1 : 0;
            letters += next > at + 2 ? 2 : next == at + 2 && !isOdd ? 1 : 0;
            at = next < 0 ? at + 1 : next;
        }
        return letters >= 2 * strays && letters > 1;
    }

    private static boolean isLetter(byte first, byte second) {
        int point = (first & 0x1f) << 6 | second & 0x3f;
        return Character.isLetter(point) && (point < 0x180 || point >= 0x370);
    }

    /** How many bytes no text holds. */
    static int controls(byte[] bytes, int length) {
        int controls = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] >= 0 && bytes[i] < 0x20) {
                controls += CONTROLS >>> bytes[i] & 1;
            }
        }
        return controls;
    }

    /** A log with a NUL in it is a log. */
    static boolean isFew(int controls, int length) {
        return controls == 0 || (controls <= 1 + length / 128 && controls * 8L <= length);
    }

    /** ISO 2022 shifts out and in once it has said by an escape sequence to what. */
    private int forgiven() {
        return shifts > 0 && Iso2022.name(bytes, length) != null ? shifts : 0;
    }

    private boolean isValid() {
        int at = 0;
        while (at < length) {
            if (at + 8 <= length) {
                long word = (long) LONGS.get(bytes, at);
                if (((word | (word - SPACES & ~word)) & HIGH) == 0) {
                    at += 8;
                    continue;
                }
            }
            int next = step(at);
            if (next < 0) {
                return false;
            }
            at = next;
        }
        return true;
    }

    /** Up to eight bytes further, to the beginning of a character; negative where there is none. */
    private int step(int from) {
        int at = from;
        int until = Math.min(from + 8, length);
        while (at < until) {
            int each = bytes[at];
            if (each < 0) {
                at = character(at, each & 0xff);
                if (at < 0) {
                    return at;
                }
            } else {
                if (each < 0x20) {
                    controls += CONTROLS >>> each & 1;
                    shifts += SHIFTS >>> each & 1;
                }
                at++;
            }
        }
        return at;
    }

    /** RFC 3629 section 4. */
    private int character(int at, int first) {
        int more = first >= 0xC2 && first < 0xE0
                ? 1
                : first >= 0xE0 && first < 0xF0 ? 2 : first >= 0xF0 && first < 0xF5 ? 3 : 0;
        if (more == 0) {
            return -1;
        }
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        for (int i = 1; i <= more; i++) {
            if (at + i >= length) {
                return isWhole ? -1 : length;
            }
            int next = bytes[at + i] & 0xff;
            if (next < least || next > most) {
                return -1;
            }
            least = 0x80;
            most = 0xBF;
        }
        return at + more + 1;
    }
}
