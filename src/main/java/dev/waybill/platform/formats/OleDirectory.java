package dev.waybill.platform.formats;

import org.jspecify.annotations.Nullable;

/**
 * OLE2 compound files: what they are shows in the names of their streams (MS-CFB 2.2 header, 2.6 directory entries; the
 * streams' names in MS-DOC 2.1, MS-XLS 2.1, MS-PPT 2.1, MS-OXMSG 2.1, MS-OFFCRYPTO 2.3.4). Where the directory is out of
 * sight, the main stream's first bytes tell, which most programs write into the first sector.
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

    private static final Format OTHER = Format.of("application/x-ole-storage", "OLE2", "an OLE2 compound file");

    /** Whose directory is out of sight. */
    private static final Format HALF_SEEN =
            Format.open(Format.Family.OLE2, "application/x-ole-storage", "OLE2", "an OLE2 compound file");

    private static final int ENTRY = 128;
    private static final int MAX_SECTORS = 32;
    private static final long FREE = 0xFFFFFFFAL;
    private static final long END_OF_CHAIN = 0xFFFFFFFEL;

    private OleDirectory() {}

    static Format of(FileBytes bytes) {
        int shift = bytes.u16le(30) == 12 ? 12 : 9;
        long sector = bytes.u32le(48);
        for (int i = 0; i < MAX_SECTORS && sector >= 0 && sector < FREE; i++) {
            long at = sector + 1 << shift;
            if (bytes.u16le(at + (1 << shift) - 2) < 0) {
                break;
            }
            for (int entry = 0; entry < 1 << shift - 7; entry++) {
                Format format = ofEntry(bytes, at + (long) entry * ENTRY);
                if (format != null) {
                    return format;
                }
            }
            sector = next(bytes, sector, shift);
        }
        boolean isAll = sector == END_OF_CHAIN;
        return isAll ? OTHER : ofFirstSector(bytes, 1L << shift);
    }

    /** The sector after it by the first FAT sector, which is where most directories are told. */
    private static long next(FileBytes bytes, long sector, int shift) {
        long fat = bytes.u32le(76);
        boolean isThere = fat >= 0 && fat < FREE && sector < 1L << shift - 2;
        return isThere ? bytes.u32le((fat + 1 << shift) + sector * 4) : -1;
    }

    private static @Nullable Format ofEntry(FileBytes bytes, long at) {
        int length = bytes.u16le(at + 64);
        if (length < 4 || length > 64) {
            return null;
        }
        char[] name = new char[length / 2 - 1];
        for (int i = 0; i < name.length; i++) {
            name[i] = (char) bytes.u16le(at + 2L * i);
        }
        return switch (new String(name)) {
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
