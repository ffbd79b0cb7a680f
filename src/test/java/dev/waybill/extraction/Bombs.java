package dev.waybill.extraction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small files that take far more than they have. */
public final class Bombs {

    private static final String RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    private static final int MEGABYTE = 1 << 20;

    private Bombs() {}

    /** A workbook of one cell and so many megabytes of shared strings, a hundredth of them packed. */
    public static Sample xlsx(int megabytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(
                    zip,
                    "[Content_Types].xml",
                    types("xl/workbook.xml", RealFiles.XLSX, "xl/worksheets/sheet1.xml", "worksheet")
                            .replace("</Types>", """
                                    <Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-\
                                    officedocument.spreadsheetml.sharedStrings+xml"/></Types>"""));
            entry(zip, "_rels/.rels", relationships("officeDocument", "xl/workbook.xml"));
            entry(zip, "xl/_rels/workbook.xml.rels", """
                    <Relationships xmlns="%srelationships">
                    <Relationship Id="r1" Target="worksheets/sheet1.xml" Type="%s/worksheet"/>
                    <Relationship Id="r2" Target="sharedStrings.xml" Type="%s/sharedStrings"/>
                    </Relationships>""".formatted(PACKAGE, RELATIONSHIPS, RELATIONSHIPS));
            entry(zip, "xl/workbook.xml", """
                    <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="%s">
                    <sheets><sheet name="rates" sheetId="1" r:id="r1"/></sheets></workbook>""".formatted(RELATIONSHIPS));
            entry(zip, "xl/worksheets/sheet1.xml", """
                    <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
                    <row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>""");
            zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
            zip.write("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">".getBytes(UTF_8));
            writeStrings(zip, megabytes);
            zip.write("</sst>".getBytes(UTF_8));
        }
        return Sample.of("bomb.xlsx", RealFiles.XLSX, out.toByteArray());
    }

    /** Just varied enough not to be found out by how well they pack. */
    private static void writeStrings(ZipOutputStream zip, int megabytes) throws IOException {
        Random random = new Random(1);
        byte[] filler = "a".repeat(1_200).getBytes(UTF_8);
        long left = (long) megabytes * MEGABYTE;
        while (left > 0) {
            byte[] start = "<si><t>%08x".formatted(random.nextInt()).getBytes(UTF_8);
            byte[] end = "</t></si>".getBytes(UTF_8);
            zip.write(start);
            zip.write(filler);
            zip.write(end);
            left -= start.length + filler.length + end.length;
        }
    }

    /** One paragraph of so many megabytes. */
    public static Sample docx(int megabytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            entry(zip, "[Content_Types].xml", types("word/document.xml", RealFiles.DOCX));
            entry(zip, "_rels/.rels", relationships("officeDocument", "word/document.xml"));
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            zip.write(
                    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>"
                            .getBytes(UTF_8));
            writeFiller(zip, megabytes);
            zip.write("</w:t></w:r></w:p></w:body></w:document>".getBytes(UTF_8));
        }
        return Sample.of("bomb.docx", RealFiles.DOCX, out.toByteArray());
    }

    /** A page of 160 MB of text, and no end of work. */
    public static Sample pdf() throws IOException {
        return pdf(160);
    }

    /** A page of so many megabytes of text. */
    public static Sample pdf(int megabytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed, new Deflater(9))) {
            byte[] operators = "BT /F 9 Tf (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET\n"
                    .repeat(1_000)
                    .getBytes(ISO_8859_1);
            for (int i = 0; i < megabytes * MEGABYTE / operators.length; i++) {
                deflater.write(operators);
            }
        }
        byte[] content = packed.toByteArray();
        return pdf(
                "<</Type/Pages/Count 1/Kids[3 0 R]>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
                "<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream"
                        .formatted(content.length, new String(content, ISO_8859_1)),
                "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    }

    public static Sample pdf(String... objectsFromTwo) {
        StringBuilder file = new StringBuilder("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
        for (int i = 0; i < objectsFromTwo.length; i++) {
            file.append("%d 0 obj%s\nendobj\n".formatted(i + 2, objectsFromTwo[i]));
        }
        file.append("trailer<</Root 1 0 R>>\n%%EOF\n");
        return Sample.of("bomb.pdf", "application/pdf", file.toString().getBytes(ISO_8859_1));
    }

    /** A real PNG whose header was given another size. */
    public static Sample png(int width, int height) throws IOException {
        byte[] bytes = RealFiles.png(10, 10).bytes();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        buffer.putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(bytes, 12, 17);
        buffer.putInt(29, (int) crc.getValue());
        return Sample.of("bomb.png", "image/png", bytes);
    }

    /** One file of so many megabytes, packed a thousand times. */
    public static Sample zip(int megabytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a.txt"));
            writeFiller(zip, megabytes);
        }
        return Sample.of("bomb.zip", "application/zip", out.toByteArray());
    }

    /** A document whose entities are ten of the entity before. */
    public static String entities() {
        StringBuilder xml = new StringBuilder("<!DOCTYPE package [<!ENTITY e0 \"boom\">");
        for (int i = 1; i < 30; i++) {
            xml.append("<!ENTITY e%d \"%s\">".formatted(i, ("&e" + (i - 1) + ";").repeat(10)));
        }
        return xml + "]><package><metadata>&e29;</metadata></package>";
    }

    /** Less than a kilobyte that claims to have a header of a gigabyte. */
    public static Sample mp4() throws IOException {
        byte[] bytes = RealFiles.mp4(5).bytes();
        int header = new String(bytes, ISO_8859_1).indexOf("mvhd");
        ByteBuffer.wrap(bytes).putInt(header - 4, 1 << 30);
        return Sample.of("bomb.mp4", "video/mp4", bytes);
    }

    private static void writeFiller(ZipOutputStream zip, int megabytes) throws IOException {
        byte[] filler = new byte[MEGABYTE];
        Arrays.fill(filler, (byte) 'a');
        for (int i = 0; i < megabytes; i++) {
            zip.write(filler);
        }
    }

    private static String types(String part, String type) {
        return """
                <Types xmlns="%scontent-types">
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                <Override PartName="/%s" ContentType="%s.main+xml"/></Types>""".formatted(PACKAGE, part, type);
    }

    private static String types(String part, String type, String sheet, String kind) {
        return types(part, type).replace("</Types>", """
                <Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.%s+xml"/>\
                </Types>""".formatted(sheet, kind));
    }

    private static String relationships(String type, String target) {
        return """
                <Relationships xmlns="%srelationships">
                <Relationship Id="r1" Target="%s" Type="%s/%s"/></Relationships>""".formatted(PACKAGE, target, RELATIONSHIPS, type);
    }

    private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(UTF_8));
    }
}
