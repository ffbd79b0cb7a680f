package dev.waybill.platform.query;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.query.Sort.Direction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A pagination cursor, where a page ended: the last row's value of the sorted field, and its id. The next page starts
 * after it, whatever was added in between. On the wire it is opaque, made of characters that need no escaping in a URL.
 * It grants nothing: the tenant's bounds apply to every page anew.
 *
 * @param sort the order that it belongs to
 * @param at how the row is found again
 * @param value null (also for a missing value), a String, Long, Double, BigDecimal, Boolean or Instant; null unless
 *     {@code at} is {@link At#VALUE}
 * @param id the row's id
 */
public record Cursor(Sort sort, At at, @Nullable Object value, String id) {

    /** How a cursor identifies the position of a row. */
    public enum At {
        /** By its value. */
        VALUE,
        /** By its value, which was too long to be carried and is read from the row again. */
        ROW,
        /** By its id alone: the value is a list or an object, which come last, in the order of their ids. */
        UNORDERED
    }

    /** Longest string value, in UTF-8 bytes, that a cursor carries: with it a cursor still fits into a URL. */
    public static final int MAX_VALUE = 1024;

    private static final int VERSION = 1;
    private static final int MAX_ENCODED = 4096;
    private static final int CHECK_BYTES = Integer.BYTES;

    /** The cursor behind a row; long strings are not carried. */
    public static Cursor after(Sort sort, @Nullable Object value, String id) {
        boolean tooLong = value instanceof String text && text.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE;
        return tooLong ? new Cursor(sort, At.ROW, null, id) : new Cursor(sort, At.VALUE, value, id);
    }

    /** The cursor behind a row whose value has no order. */
    public static Cursor unordered(Sort sort, String id) {
        return new Cursor(sort, At.UNORDERED, null, id);
    }

    /**
     * Reads a cursor.
     *
     * @param list the list that it must come from, by the name that it was encoded with
     * @throws WaybillException {@link ErrorCode#INVALID_CURSOR} when it is none of that list, or belongs to another
     *     order
     */
    public static Cursor decode(String wire, Sort sort, String list) {
        try {
            if (wire.length() > MAX_ENCODED) {
                throw invalid();
            }
            byte[] bytes = Base64.getUrlDecoder().decode(wire);
            if (bytes.length <= CHECK_BYTES || !wire.equals(text(bytes))) {
                throw invalid();
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            if (in.readInt() != check(bytes, list)) {
                throw invalid();
            }
            Cursor cursor = read(in);
            if (in.available() > 0) {
                throw invalid();
            }
            if (!cursor.sort().equals(sort)) {
                throw new WaybillException(
                        ErrorCode.INVALID_CURSOR,
                        "the cursor belongs to another sort order; start again without a cursor");
            }
            return cursor;
        } catch (IOException | IllegalArgumentException e) {
            throw invalid();
        }
    }

    /**
     * The cursor as it goes out.
     *
     * @param list a name for the list, which the cursor does not hold and is checked against
     */
    public String encode(String list) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            write(new DataOutputStream(out));
            byte[] bytes = out.toByteArray();
            int check = check(bytes, list);
            for (int i = 0; i < CHECK_BYTES; i++) {
                bytes[i] = (byte) (check >>> (8 * (CHECK_BYTES - 1 - i)));
            }
            return text(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeInt(0);
        out.writeByte(VERSION);
        out.writeByte(sort.direction().ordinal());
        string(out, sort.field());
        string(out, id);
        if (at != At.VALUE) {
            out.writeByte(at == At.ROW ? 'r' : 'u');
        } else if (value == null) {
            out.writeByte('n');
        } else {
            value(out, value);
        }
    }

    private static void value(DataOutputStream out, Object value) throws IOException {
        switch (value) {
            case String text -> {
                out.writeByte('s');
                string(out, text);
            }
            case Long number -> {
                out.writeByte('l');
                out.writeLong(number);
            }
            case Double number -> {
                out.writeByte('d');
                out.writeDouble(number);
            }
            case BigDecimal number -> {
                out.writeByte('b');
                out.writeInt(number.scale());
                bytes(out, number.unscaledValue().toByteArray());
            }
            case Boolean bool -> out.writeByte(bool ? 't' : 'f');
            case Instant instant -> {
                out.writeByte('i');
                out.writeLong(instant.toEpochMilli());
            }
            default -> throw new IllegalStateException("no value to sort by: " + value.getClass());
        }
    }

    private static Cursor read(DataInputStream in) throws IOException {
        if (in.readByte() != VERSION) {
            throw invalid();
        }
        int direction = in.readUnsignedByte();
        if (direction >= Direction.values().length) {
            throw invalid();
        }
        Sort sort = new Sort(string(in), Direction.values()[direction]);
        String id = string(in);
        char type = (char) in.readUnsignedByte();
        Object value = switch (type) {
            case 'r', 'u', 'n' -> null;
            case 's' -> string(in);
            case 'l' -> in.readLong();
            case 'd' -> in.readDouble();
            case 'b' -> decimal(in.readInt(), bytes(in));
            case 't' -> Boolean.TRUE;
            case 'f' -> Boolean.FALSE;
            case 'i' -> Instant.ofEpochMilli(in.readLong());
            default -> throw invalid();
        };
        At at = type == 'r' ? At.ROW : type == 'u' ? At.UNORDERED : At.VALUE;
        return new Cursor(sort, at, value, id);
    }

    /** Only what MongoDB's decimals can hold. */
    private static BigDecimal decimal(int scale, byte[] unscaled) {
        if (unscaled.length == 0 || unscaled.length > 16 || Math.abs((long) scale) > Operands.MAX_DECIMAL_SCALE) {
            throw invalid();
        }
        BigDecimal value = new BigDecimal(new BigInteger(unscaled), scale);
        if (value.precision() > MathContext.DECIMAL128.getPrecision()) {
            throw invalid();
        }
        return value;
    }

    private static void string(DataOutputStream out, String text) throws IOException {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String string(DataInputStream in) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(in)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid();
        }
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readUnsignedShort();
        if (length > in.available()) {
            throw invalid();
        }
        return in.readNBytes(length);
    }

    private static int check(byte[] bytes, String list) {
        CRC32C check = new CRC32C();
        check.update(list.getBytes(StandardCharsets.UTF_8));
        check.update(bytes, CHECK_BYTES, bytes.length - CHECK_BYTES);
        return (int) check.getValue();
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static WaybillException invalid() {
        return new WaybillException(
                ErrorCode.INVALID_CURSOR,
                "the cursor is not one that this list handed out; start again without a cursor");
    }
}
