package dev.waybill.platform.formats;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detects what OLE2 compound files are: it shows in the class of their root and in the names of the streams right below
 * it (MS-CFB 2.2 header, 2.3 FAT, 2.5 DIFAT, 2.6 directory entries; the streams' names in MS-DOC 2.1, MS-XLS 2.1,
 * MS-PPT 2.1, MS-OXMSG 2.1, MS-OFFCRYPTO 2.3.4). What lies deeper is another file that is embedded. Where the directory
 * is out of sight, the main stream's first bytes decide, which most programs write into the first sector.
 */
final class OleDirectory {

    private static final Format DOC = Format.of("application/msword", "DOC", "a Word 97 document");
    private static final Format XLS = Format.of("application/vnd.ms-excel", "XLS", "an Excel 97 workbook");
    private static final Format PPT = Format.of("application/vnd.ms-powerpoint", "PPT", "a PowerPoint 97 presentation");
    private static final Format MSG = Format.of("application/vnd.ms-outlook", "MSG", "an Outlook message");
    private static final Format VSD = Format.of("application/vnd.visio", "VSD", "a Visio drawing");
    private static final Format PUB = Format.of("application/x-mspublisher", "PUB", "a Publisher document");
    private static final Format HWP = Format.of("application/x-hwp", "HWP", "a Hangul document");

    /** Office Open XML behind a password. */
    private static final Format ENCRYPTED =
            Format.open(Format.Family.ZIP, "application/x-ole-storage", "OLE2", "an Office document with a password");

    /** Windows Installer, whose tables' names begin with a sign of their own. */
    private static final Format MSI =
            Format.of("application/x-msi", "MSI", "a Windows Installer package", "application/x-dosexec");

    private static final String MSI_TABLE = "\u4840";

    private static final Format OTHER = Format.of("application/x-ole-storage", "OLE2", "an OLE2 compound file");

    /** Whose directory is out of sight. */
    private static final Format HALF_SEEN =
            Format.open(Format.Family.OLE2, "application/x-ole-storage", "OLE2", "an OLE2 compound file");

    /** The first eight bytes of classes, as they stand in the file; the rest of all but the last two is the same. */
    private static final Map<Long, Format> CLASSES = Map.of(
            0x84100C0000000000L, MSI, // 000C1084, and the patches and transforms of such
            0x86100C0000000000L, MSI,
            0x82100C0000000000L, MSI,
            0x0609020000000000L, DOC, // 00020906
            0x1008020000000000L, XLS, // 00020810, of Excel 5
            0x2008020000000000L, XLS, // 00020820, of Excel 97
            0x0B0D020000000000L, MSG, // 00020D0B
            0x141A020000000000L, VSD, // 00021A14
            0x0112020000000000L, PUB, // 00021201
            0x108D81649B4FCF11L, PPT); // 64818D10-4F9B-11CF

    private static final int ENTRY = 128;
    private static final int MAX_SECTORS = 64;
    private static final int MAX_CHILDREN = 256;
    private static final int IN_HEADER = 109;
    private static final long FREE = 0xFFFFFFFAL;
    private static final long END_OF_CHAIN = 0xFFFFFFFEL;

    private final FileBytes bytes;
    private final int shift;
    private final List<Long> sectors = new ArrayList<>();
    private boolean isBlind;

    private OleDirectory(FileBytes bytes) {
        this.bytes = bytes;
        this.shift = bytes.u16le(30) == 12 ? 12 : 9;
    }

    static Format of(FileBytes bytes) {
        return new OleDirectory(bytes).format();
    }

    private Format format() {
        boolean isAll = follow();
        Format byClass = sectors.isEmpty() ? null : ofClass(entry(0));
        Format byName = byClass == MSI ? MSI : ofChildren();
        if (byName != null) {
            return byName;
        }
        return byClass != null ? byClass : isAll && !isBlind ? OTHER : ofFirstSector(bytes, 1L << shift);
    }

    /**
     * Finds where the directory's sectors lie; false when there are others. The entries come later: each may be a read
     * away.
     */
    private boolean follow() {
        long sector = bytes.u32le(48);
        while (sectors.size() < MAX_SECTORS && sector >= 0 && sector < FREE) {
            sectors.add(sector + 1 << shift);
            sector = next(sector);
        }
        return sector == END_OF_CHAIN;
    }

    /** The sector after it. */
    private long next(long sector) {
        long perSector = 1L << shift - 2;
        long fat = fat(sector / perSector);
        return fat >= 0 && fat < FREE ? bytes.u32le((fat + 1 << shift) + sector % perSector * 4) : -1;
    }

    /**
     * The sector of the FAT's that number: the first 109 are listed in the header, the others in a chain of sectors.
     */
    private long fat(long index) {
        if (index < IN_HEADER) {
            return bytes.u32le(76 + index * 4);
        }
        long perSector = (1L << shift - 2) - 1;
        long hops = (index - IN_HEADER) / perSector;
        long sector = bytes.u32le(68);
        for (long hop = 0; hop < hops && hop < MAX_SECTORS && sector >= 0 && sector < FREE; hop++) {
            sector = bytes.u32le((sector + 1 << shift) + perSector * 4);
        }
        boolean isThere = hops < MAX_SECTORS && sector >= 0 && sector < FREE;
        return isThere ? bytes.u32le((sector + 1 << shift) + (index - IN_HEADER) % perSector * 4) : -1;
    }

    /** Where an entry lies; -1 when it is out of sight. */
    private long entry(long id) {
        long perSector = 1L << shift - 7;
        return id < 0 || id / perSector >= sectors.size()
                ? -1
                : sectors.get((int) (id / perSector)) + id % perSector * ENTRY;
    }

    private @Nullable Format ofClass(long root) {
        boolean isRoot = root >= 0 && bytes.u8(root + 66) == 5;
        return isRoot ? CLASSES.get(bytes.u32(root + 80) << 32 | bytes.u32(root + 84)) : null;
    }

    /** Streams and storages of the root: a tree of entries, each with those before it and those behind it. */
    private @Nullable Format ofChildren() {
        Deque<Long> open = new ArrayDeque<>();
        Set<Long> seen = new HashSet<>();
        long root = entry(0);
        long first = root < 0 ? -1 : bytes.u32le(root + 76);
        isBlind |= first < 0;
        open.push(first);
        while (!open.isEmpty() && seen.size() < MAX_CHILDREN) {
            long id = open.pop();
            long at = entry(id);
            if (at < 0 || !seen.add(id)) {
                continue;
            }
            Format format = ofEntry(at);
            if (format != null) {
                return format;
            }
            open.push(bytes.u32le(at + 68));
            open.push(bytes.u32le(at + 72));
        }
        return null;
    }

    private @Nullable Format ofEntry(long at) {
        int length = bytes.u16le(at + 64);
        isBlind |= length < 0;
        if (length < 4 || length > 64) {
            return null;
        }
        char[] letters = new char[length / 2 - 1];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (char) bytes.u16le(at + 2L * i);
        }
        String name = new String(letters);
        if (name.startsWith(MSI_TABLE)) {
            return MSI;
        }
        return switch (name) {
            case "WordDocument" -> DOC;
            case "Workbook", "Book", "WORKBOOK", "BOOK" -> XLS;
            case "PowerPoint Document", "PP40", "PP97_DUALSTORAGE" -> PPT;
            case "__properties_version1.0", "__nameid_version1.0" -> MSG;
            case "VisioDocument" -> VSD;
            case "Quill" -> PUB;
            case "HwpSummaryInformation", "\5HwpSummaryInformation" -> HWP;
            case "EncryptedPackage" -> ENCRYPTED;
            default -> null;
        };
    }

    private static Format ofFirstSector(FileBytes bytes, long at) {
        int first = bytes.u16(at);
        int second = bytes.u16(at + 2);
        if (first == 0xECA5) { // FibBase.wIdent, MS-DOC 2.5.2
            return DOC;
        }
        if (first == 0x0908 && (second == 0x1000 || second == 0x0800)) { // BOF, MS-XLS 2.4.21
            return XLS;
        }
        return HALF_SEEN;
    }
}
