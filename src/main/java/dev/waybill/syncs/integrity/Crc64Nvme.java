package dev.waybill.syncs.integrity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * CRC-64/NVME, which S3 stores for whole objects: the polynomial AD93D23594C93659, reflected, initial value and final
 * XOR all ones. Slicing-by-8: eight bytes per step, with eight tables.
 */
final class Crc64Nvme implements Checksum {

    private static final long REFLECTED_POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final int BYTES = 8;
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long[][] TABLES = tables();

    private long crc = -1;

    private static long[][] tables() {
        long[][] tables = new long[BYTES][256];
        for (int value = 0; value < 256; value++) {
            long crc = value;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ REFLECTED_POLYNOMIAL;
            }
            tables[0][value] = crc;
        }
        for (int value = 0; value < 256; value++) {
            for (int table = 1; table < BYTES; table++) {
                long shorter = tables[table - 1][value];
                tables[table][value] = shorter >>> Byte.SIZE ^ tables[0][(int) shorter & 0xFF];
            }
        }
        return tables;
    }

    @Override
    public void update(int value) {
        crc = crc >>> Byte.SIZE ^ TABLES[0][(int) (crc ^ value) & 0xFF];
    }

    @Override
    public void update(byte[] bytes, int from, int length) {
        int at = from;
        int end = from + length;
        for (; at <= end - BYTES; at += BYTES) {
            long mixed = crc ^ (long) LITTLE_ENDIAN.get(bytes, at);
            long next = 0;
            for (int i = 0; i < BYTES; i++) {
                next ^= TABLES[BYTES - 1 - i][(int) (mixed >>> i * Byte.SIZE) & 0xFF];
            }
            crc = next;
        }
        for (; at < end; at++) {
            update(bytes[at]);
        }
    }

    /** All 64 bits; the sign has no meaning. */
    @Override
    public long getValue() {
        return ~crc;
    }

    @Override
    public void reset() {
        crc = -1;
    }
}
