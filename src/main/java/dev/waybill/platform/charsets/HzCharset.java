package dev.waybill.platform.charsets;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/**
 * The charset HZ of RFC 1843: ASCII, in which GB 2312 stands between a tilde with an opening and one with a closing
 * brace, each byte without its high bit. Java knows no such charset. Nobody writes it any more, so it is read only.
 */
final class HzCharset extends Charset {

    static final String NAME = "HZ-GB-2312";

    private static final Charset GB = Charset.forName("GB2312");

    HzCharset() {
        super(NAME, null);
    }

    /** The character of two bytes between the braces. */
    static char character(byte first, byte second) {
        return new String(new byte[] {(byte) (first | 0x80), (byte) (second | 0x80)}, GB).charAt(0);
    }

    @Override
    public boolean contains(Charset other) {
        return other.name().equals("US-ASCII");
    }

    @Override
    public CharsetDecoder newDecoder() {
        return new Decoder(this);
    }

    @Override
    public CharsetEncoder newEncoder() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean canEncode() {
        return false;
    }

    private static final class Decoder extends CharsetDecoder {

        private boolean isChinese;

        Decoder(Charset charset) {
            super(charset, 1, 1);
        }

        @Override
        protected void implReset() {
            isChinese = false;
        }

        @Override
        protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
            while (in.hasRemaining()) {
                byte first = in.get(in.position());
                boolean isPair = first == '~' || (isChinese && first > ' ');
                if (isPair && in.remaining() < 2) {
                    return CoderResult.UNDERFLOW;
                }
                if (!out.hasRemaining()) {
                    return CoderResult.OVERFLOW;
                }
                in.get();
                if (first == '~') {
                    escape(in, out);
                } else {
                    isChinese &= isPair || first != '\n';
                    out.put(isPair ? character(first, in.get()) : (char) (first & 0xff));
                }
            }
            return CoderResult.UNDERFLOW;
        }

        /** Two tildes are one, and one at the end of a line is none. */
        private void escape(ByteBuffer in, CharBuffer out) {
            byte second = in.get();
            switch (second) {
                case '{', '}' -> isChinese = second == '{';
                case '\n' -> isChinese = false;
                case '~' -> out.put('~');
                default -> {
                    out.put('~');
                    in.position(in.position() - 1);
                }
            }
        }
    }
}
