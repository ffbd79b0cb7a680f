package dev.waybill.platform.formats;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The names in a ZIP archive, of entries in any order: through the local headers, and where these lead out of sight
 * through the central directory. APPNOTE.TXT 6.3.10 of PKWARE (4.3.7 local header, 4.3.12 central directory, 4.3.16 its
 * end, 4.3.9 descriptors for sizes that were not known beforehand).
 */
final class ZipEntries {

    private static final long LOCAL = 0x04034B50L;
    private static final long CENTRAL = 0x02014B50L;
    private static final long END = 0x06054B50L;
    private static final long SPANNED = 0x08074B50L;
    private static final int MAX_ENTRIES = 5_000;
    private static final int MAX_NAME = 64;
    private static final int LATER = 8;

    private ZipEntries() {}

    /** One entry: its name, cut at 64 characters, and where its bytes begin. */
    record Entry(String name, long content, long size, boolean isStored) {}

    /** @return whether all entries were seen */
    static boolean walk(FileBytes bytes, Consumer<Entry> seen) {
        long at = bytes.u32le(0) == SPANNED ? 4 : 0;
        boolean isLedAway = false;
        for (int i = 0; i < MAX_ENTRIES; i++) {
            if (at >= bytes.head().length && !isLedAway) {
                isLedAway = true;
                // One read at the end shows what one read at each entry would.
                if (central(bytes, seen)) {
                    return true;
                }
            }
            long mark = bytes.u32le(at);
            if (mark != LOCAL) {
                return mark == CENTRAL || mark == END || central(bytes, seen);
            }
            int flags = bytes.u16le(at + 6);
            long size = bytes.u32le(at + 18);
            int nameLength = bytes.u16le(at + 26);
            int extra = bytes.u16le(at + 28);
            if (flags < 0 || size < 0 || nameLength < 0 || extra < 0) {
                return central(bytes, seen);
            }
            long content = at + 30 + nameLength + extra;
            seen.accept(new Entry(name(bytes, at + 30, nameLength), content, size, bytes.u16le(at + 8) == 0));
            boolean isLater = (flags & LATER) != 0 && size == 0;
            at = isLater || size == 0xFFFFFFFFL ? next(bytes, content) : content + size;
            if (at < 0) {
                return central(bytes, seen);
            }
        }
        return false;
    }

    /** Behind an entry whose header does not say how long it is: the next mark, within what was read. */
    private static long next(FileBytes bytes, long from) {
        byte[] head = bytes.head();
        for (long at = from; at + 4 <= head.length; at++) {
            if (head[(int) at] == 'P' && head[(int) at + 1] == 'K') {
                long mark = bytes.u32le(at);
                if (mark == LOCAL || mark == CENTRAL || mark == END) {
                    return at;
                }
            }
        }
        return -1;
    }

    /** The end record is the last 22 bytes where there is no comment; with one, it is searched for in the last 1 kB. */
    private static boolean central(FileBytes bytes, Consumer<Entry> seen) {
        long end = bytes.size() - 22;
        for (long least = Math.max(0, end - 1024); end >= least && bytes.u8(end) >= 0; end--) {
            if (bytes.u8(end) == 'P' && bytes.u32le(end) == END) {
                return list(bytes, bytes.u32le(end + 16), bytes.u16le(end + 10), seen);
            }
        }
        return false;
    }

    private static boolean list(FileBytes bytes, long from, int count, Consumer<Entry> seen) {
        long at = from;
        int most = Math.min(count, MAX_ENTRIES);
        for (int i = 0; i < most; i++) {
            int nameLength = bytes.u16le(at + 28);
            int extra = bytes.u16le(at + 30);
            int comment = bytes.u16le(at + 32);
            if (bytes.u32le(at) != CENTRAL || nameLength < 0 || extra < 0 || comment < 0) {
                return false;
            }
            seen.accept(new Entry(name(bytes, at + 46, nameLength), -1, 0, false));
            at += 46L + nameLength + extra + comment;
        }
        return most == count;
    }

    private static String name(FileBytes bytes, long at, int length) {
        byte[] name = new byte[Math.min(length, MAX_NAME)];
        for (int i = 0; i < name.length; i++) {
            name[i] = (byte) bytes.u8(at + i);
        }
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
