package dev.waybill.platform.formats;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file as far as they can be seen: its first ones always, others where there is a reader. What is out of
 * sight reads as -1, so that a walk through a file that lies about its lengths ends by itself. Not for several threads.
 */
public final class FileBytes {

    /** Of the first reads. Who needs more of them walks through a long list, and is given more at once. */
    private static final int CHUNK = 4096;

    private static final int MORE_AFTER = 4;

    /** A file that sends readers to and fro gets no more than this: 240 kB in all. */
    private static final int MAX_READS = 16;

    private static final byte[] NONE = {};

    private final byte[] head;
    private final long size;
    private final @Nullable RangeReader reader;
    private byte[] chunk = NONE;
    private long chunkAt;
    private int reads;

    private FileBytes(byte[] head, long size, @Nullable RangeReader reader) {
        this.head = head;
        this.size = Math.max(size, head.length);
        this.reader = reader;
    }

    /** All of them. The array is not to be changed meanwhile. */
    public static FileBytes of(byte[] all) {
        return new FileBytes(all, all.length, null);
    }

    /**
     * The first ones of more.
     *
     * @param head {@link MediaTypes#HEAD_BYTES} of them, fewer where the file is shorter; not to be changed meanwhile
     * @param size of the whole file in bytes
     */
    public static FileBytes ofHead(byte[] head, long size) {
        return new FileBytes(head, size, null);
    }

    /** The first ones of a file that can be read anywhere. */
    public static FileBytes of(byte[] head, long size, RangeReader reader) {
        return new FileBytes(head, size, reader);
    }

    /** Of the whole file, in bytes. */
    public long size() {
        return size;
    }

    /** The first bytes. */
    byte[] head() {
        return head;
    }

    /** How many of them the detection reads. */
    int headLength() {
        return Math.min(head.length, MediaTypes.HEAD_BYTES);
    }

    boolean isWhole() {
        return size <= headLength();
    }

    /** An unsigned byte, or -1 out of sight. */
    int u8(long at) {
        return at >= 0 && at < head.length ? head[(int) at] & 0xff : far(at);
    }

    /** Two bytes, the high one first; -1 out of sight. The first in the file is read first: a read begins there. */
    int u16(long at) {
        int high = u8(at);
        int low = u8(at + 1);
        return low < 0 ? -1 : high << 8 | low;
    }

    int u16le(long at) {
        int low = u8(at);
        int high = u8(at + 1);
        return high < 0 ? -1 : high << 8 | low;
    }

    /** Four bytes, the high one first; -1 out of sight. */
    long u32(long at) {
        int high = u16(at);
        int low = u16(at + 2);
        return low < 0 || high < 0 ? -1 : (long) high << 16 | low;
    }

    long u32le(long at) {
        int low = u16le(at);
        int high = u16le(at + 2);
        return low < 0 || high < 0 ? -1 : (long) high << 16 | low;
    }

    /** Eight bytes, the high one first; -1 out of sight, negative too when it is more than any file has. */
    long u64(long at) {
        long high = u32(at);
        long low = u32(at + 4);
        return high < 0 || low < 0 ? -1 : high << 32 | low;
    }

    /** Whether these characters stand there. */
    boolean is(long at, String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            if (u8(at + i) != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int far(long at) {
        if (at < 0 || at >= size || reader == null) {
            return -1;
        }
        if (at < chunkAt || at >= chunkAt + chunk.length) {
            load(at, reader);
        }
        return at >= chunkAt && at < chunkAt + chunk.length ? chunk[(int) (at - chunkAt)] & 0xff : -1;
    }

    private void load(long at, RangeReader from) {
        chunk = NONE;
        if (reads >= MAX_READS) {
            return;
        }
        int most = CHUNK << reads++ / MORE_AFTER;
        try {
            // The end is read whole: who reads there goes backwards, as a ZIP archive's directory is found.
            long begin = Math.max(Math.min(at, size - most), 0);
            chunk = from.read(begin, (int) Math.min(most, size - begin));
            chunkAt = begin;
        } catch (IOException unreadable) {
            reads = MAX_READS;
        }
    }
}
