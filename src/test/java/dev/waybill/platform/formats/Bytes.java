package dev.waybill.platform.formats;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Puts bytes together. */
public final class Bytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    public static byte[] text(String text, String charset) {
        return text.getBytes(Charset.forName(charset));
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] join(byte[]... parts) {
        Bytes all = new Bytes();
        for (byte[] part : parts) {
            all.add(part);
        }
        return all.toArray();
    }

    public Bytes add(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public Bytes hexadecimal(String digits) {
        return add(hex(digits));
    }

    public Bytes ascii(String text) {
        return add(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Bytes u8(int value) {
        out.write(value);
        return this;
    }

    public Bytes u16(int value) {
        return u8(value >> 8).u8(value);
    }

    public Bytes u32(long value) {
        return u16((int) (value >> 16)).u16((int) value);
    }

    public Bytes u16le(int value) {
        return u8(value).u8(value >> 8);
    }

    public Bytes u32le(long value) {
        return u16le((int) value).u16le((int) (value >> 16));
    }

    public Bytes zeros(int count) {
        return add(new byte[count]);
    }

    /** What looks like packed data: neither text nor a mark of anything. */
    public Bytes noise(int count) {
        java.util.Random random = new java.util.Random(count);
        byte[] noise = new byte[count];
        random.nextBytes(noise);
        return add(noise);
    }

    public byte[] toArray() {
        return out.toByteArray();
    }
}
