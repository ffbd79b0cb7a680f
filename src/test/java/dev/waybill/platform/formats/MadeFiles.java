package dev.waybill.platform.formats;

import static dev.waybill.platform.formats.Bytes.hex;
import static dev.waybill.platform.formats.Bytes.utf8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Pictures, documents and archives, byte by byte. */
public final class MadeFiles {

    public static final byte[] PNG = hex("89504E470D0A1A0A0000000D49484452000000010000000108060000001F15C489"
            + "0000000D49444154789C63F8FFFF3F0005FE02FEA735815B0000000049454E44AE426082");
    public static final byte[] GIF =
            hex("47494638396101000100800000000000FFFFFF21F90401000000002C00000000010001000002024401003B");

    private MadeFiles() {}

    public static byte[] jpeg() {
        return new Bytes()
                .hexadecimal("FFD8FFE000104A46494600010100000100010000 FFDB0043 00")
                .noise(64)
                .hexadecimal("FFD9")
                .toArray();
    }

    public static byte[] bmp() {
        return new Bytes()
                .ascii("BM")
                .u32le(58)
                .u32le(0)
                .u32le(54)
                .u32le(40)
                .u32le(1)
                .u32le(1)
                .u16le(1)
                .u16le(24)
                .zeros(24)
                .u32le(0xFF)
                .toArray();
    }

    public static byte[] tiff(boolean isBig) {
        return isBig
                ? new Bytes().hexadecimal("4D4D002A00000008").zeros(20).toArray()
                : new Bytes().hexadecimal("49492A0008000000").zeros(20).toArray();
    }

    /** Without the footer that newer ones have. */
    public static byte[] tga(int type, int depth) {
        return new Bytes()
                .hexadecimal("0000")
                .u8(type)
                .zeros(5)
                .u16le(0)
                .u16le(0)
                .u16le(16)
                .u16le(16)
                .u8(depth)
                .u8(0x20)
                .noise(16 * 16 * depth / 8)
                .toArray();
    }

    public static byte[] xbm() {
        return utf8("#define dot_width 8\n#define dot_height 2\nstatic char dot_bits[] = {\n  0x01, 0x80 };\n");
    }

    public static byte[] ico() {
        return new Bytes()
                .hexadecimal("000001000100 01010000010020003000000016000000")
                .zeros(48)
                .toArray();
    }

    public static byte[] pdf(int before) {
        return new Bytes()
                .zeros(before)
                .ascii("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n<< /Length 500 >>\nstream\n")
                .noise(500)
                .ascii("\nendstream\nendobj\n")
                .toArray();
    }

    public static byte[] zip(String... entries) {
        return zip(new Bytes().ascii("content").toArray(), entries);
    }

    /** With the lengths behind the entries, as writers to a stream must. */
    public static byte[] zip(byte[] content, String... entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(content);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** With the lengths before the entries. */
    public static byte[] storedZip(byte[] content, String... entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (String name : entries) {
                ZipEntry entry = new ZipEntry(name);
                entry.setSize(content.length);
                CRC32 sum = new CRC32();
                sum.update(content);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(content);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    public static byte[] xlsx() {
        return zip("xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels", "[Content_Types].xml");
    }

    public static byte[] xlsm() {
        return zip("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin");
    }

    public static byte[] xlsb() {
        return zip("[Content_Types].xml", "xl/workbook.bin", "xl/worksheets/sheet1.bin");
    }

    public static byte[] docx() {
        return zip("docProps/app.xml", "word/document.xml", "_rels/.rels", "[Content_Types].xml");
    }

    public static byte[] pptx() {
        return zip("[Content_Types].xml", "ppt/presentation.xml");
    }

    /** With {@code mimetype} first and stored, as OpenDocument and EPUB want it. */
    public static byte[] withMimetype(String type, String... others) {
        return storedZip(utf8(type), prepend("mimetype", others));
    }

    /** A compound file of one sector of FAT and one of directory. */
    public static byte[] ole(String... streams) {
        Bytes file = new Bytes()
                .hexadecimal("D0CF11E0A1B11AE1")
                .zeros(16)
                .u16le(0x3E)
                .u16le(3)
                .u16le(0xFFFE)
                .u16le(9)
                .u16le(6)
                .zeros(10)
                .u32le(1) // one sector of FAT
                .u32le(1) // the directory is sector 1
                .u32le(0)
                .u32le(4096)
                .u32le(0xFFFFFFFEL)
                .u32le(0)
                .u32le(0xFFFFFFFEL)
                .u32le(0)
                .u32le(0); // the FAT is sector 0
        for (int i = 1; i < 109; i++) {
            file.u32le(0xFFFFFFFFL);
        }
        file.u32le(0xFFFFFFFDL).u32le(0xFFFFFFFEL);
        for (int i = 2; i < 128; i++) {
            file.u32le(0xFFFFFFFFL);
        }
        String[] names = prepend("Root Entry", streams);
        for (int i = 0; i < 4; i++) {
            String name = i < names.length ? names[i] : "";
            Bytes entry = new Bytes().add(Bytes.text(name, "UTF-16LE")).zeros(64 - name.length() * 2);
            boolean isFollowed = i > 0 && i + 1 < names.length;
            file.add(entry.u16le(name.isEmpty() ? 0 : name.length() * 2 + 2)
                    .u8(i == 0 ? 5 : name.isEmpty() ? 0 : 2)
                    .u8(1)
                    .u32le(0xFFFFFFFFL)
                    .u32le(isFollowed ? i + 1L : 0xFFFFFFFFL)
                    .u32le(i == 0 && names.length > 1 ? 1 : 0xFFFFFFFFL)
                    .zeros(48)
                    .toArray());
        }
        return file.zeros(1024).toArray();
    }

    /**
     * A compound file whose directory begins in a sector far in, behind so many of others.
     *
     * @param rootClass 32 hexadecimal digits, or none
     */
    public static byte[] oleOf(String rootClass, int before, String stream) {
        int fats = (before + 10) / 126 + 1;
        int others = Math.max(0, fats - 109);
        int chain = (others + 126) / 127;
        int directory = fats + chain + before;
        Bytes file = new Bytes()
                .hexadecimal("D0CF11E0A1B11AE1")
                .zeros(16)
                .hexadecimal("3E000300FEFF09000600")
                .zeros(10)
                .u32le(fats)
                .u32le(directory)
                .u32le(0)
                .u32le(4096)
                .u32le(0xFFFFFFFEL)
                .u32le(0)
                .u32le(chain == 0 ? 0xFFFFFFFEL : fats)
                .u32le(chain);
        for (int i = 0; i < 109; i++) {
            file.u32le(i < fats ? i : 0xFFFFFFFFL);
        }
        // The directory has two sectors: the root's, which is full of entries that say nothing, and the stream's.
        for (int i = 0; i < fats * 128; i++) {
            file.u32le(i == directory ? directory + 1L : i == directory + 1 ? 0xFFFFFFFEL : 0xFFFFFFFFL);
        }
        for (int i = 0; i < chain; i++) {
            for (int fat = 109 + i * 127; fat < 109 + (i + 1) * 127; fat++) {
                file.u32le(fat < fats ? fat : 0xFFFFFFFFL);
            }
            file.u32le(i + 1 < chain ? fats + i + 1L : 0xFFFFFFFEL);
        }
        file.zeros(before * 512);
        file.add(entry("Root Entry", 5, 4, rootClass));
        for (int i = 0; i < 3; i++) {
            file.add(entry("", 0, 0xFFFFFFFFL, ""));
        }
        return file.add(entry(stream, 2, 0xFFFFFFFFL, "")).zeros(1024).toArray();
    }

    private static byte[] entry(String name, int type, long child, String itsClass) {
        return new Bytes()
                .add(Bytes.text(name, "UTF-16LE"))
                .zeros(64 - name.length() * 2)
                .u16le(name.isEmpty() ? 0 : name.length() * 2 + 2)
                .u8(type)
                .u8(1)
                .u32le(0xFFFFFFFFL)
                .u32le(0xFFFFFFFFL)
                .u32le(child)
                .hexadecimal(itsClass.isEmpty() ? "00".repeat(16) : itsClass)
                .zeros(32)
                .toArray();
    }

    public static byte[] elf() {
        return new Bytes()
                .hexadecimal("7F454C46 02010100")
                .zeros(8)
                .u16le(2)
                .u16le(62)
                .zeros(100)
                .noise(200)
                .toArray();
    }

    public static byte[] exe() {
        return new Bytes()
                .ascii("MZ")
                .hexadecimal("90000300000004000000FFFF0000")
                .zeros(44)
                .u32le(128)
                .zeros(64)
                .ascii("PE\0\0")
                .noise(200)
                .toArray();
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    public static byte[] tar() {
        return new Bytes()
                .ascii("a.txt")
                .zeros(252)
                .ascii("ustar\00000")
                .zeros(247)
                .zeros(1024)
                .toArray();
    }

    private static String[] prepend(String first, String... others) {
        String[] all = new String[others.length + 1];
        all[0] = first;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }
}
