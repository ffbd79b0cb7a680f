package dev.waybill.extraction;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;

/** Files made by the libraries that people make them with, or by hand where there is none. */
public final class RealFiles {

    public static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private RealFiles() {}

    public static Sample pdf(String... pages) throws IOException {
        return Sample.of("paper.pdf", "application/pdf", pdfBytes(null, pages));
    }

    public static Sample encryptedPdf() throws IOException {
        return Sample.of("secret.pdf", "application/pdf", pdfBytes("password", "nobody reads this"));
    }

    private static byte[] pdfBytes(String password, String... pages) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (String text : pages) {
                PDPage page = new PDPage();
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(FontName.HELVETICA), 12);
                    content.newLineAtOffset(72, 700);
                    content.showText(text);
                    content.endText();
                }
            }
            document.getDocumentInformation().setTitle("On waybills");
            document.getDocumentInformation().setAuthor("A. Carrier");
            if (password != null) {
                document.protect(new StandardProtectionPolicy(password, password, new AccessPermission()));
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    public static Sample docx(String... paragraphs) throws IOException {
        try (XWPFDocument document = new XWPFDocument()) {
            for (String paragraph : paragraphs) {
                document.createParagraph().createRun().setText(paragraph);
            }
            document.getProperties().getCoreProperties().setTitle("Freight terms");
            document.getProperties().getCoreProperties().setCreator("B. Lading");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.write(out);
            return Sample.of("terms.docx", DOCX, out.toByteArray());
        }
    }

    public static Sample encryptedDocx() throws Exception {
        Encryptor encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
        encryptor.confirmPassword("password");
        try (POIFSFileSystem container = new POIFSFileSystem()) {
            try (OutputStream encrypted = encryptor.getDataStream(container)) {
                encrypted.write(docx("nobody reads this").bytes());
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            container.writeFilesystem(out);
            return Sample.of("secret.docx", DOCX, out.toByteArray());
        }
    }

    public static Sample xlsx(String cell) throws IOException {
        try (XSSFWorkbook workbook = new XSSFWorkbook()) {
            workbook.createSheet("rates").createRow(0).createCell(0).setCellValue(cell);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            workbook.write(out);
            return Sample.of("rates.xlsx", XLSX, out.toByteArray());
        }
    }

    public static Sample epub(String text) throws IOException {
        byte[] bytes = zip(
                "mimetype",
                "application/epub+zip",
                "META-INF/container.xml",
                """
                <container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
                <rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>""",
                "book.opf",
                """
                <package xmlns="http://www.idpf.org/2007/opf" version="2.0">
                <metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The long road</dc:title></metadata>
                <manifest><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
                <spine><itemref idref="one"/></spine></package>""",
                "one.xhtml",
                "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>%s</p></body></html>".formatted(text));
        return Sample.of("road.epub", "application/epub+zip", bytes);
    }

    /** Names and contents by turns. */
    public static byte[] zip(String... entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry(entries[i]));
                zip.write(entries[i + 1].getBytes(UTF_8));
            }
        }
        return out.toByteArray();
    }

    /** Dark blue on the left, orange on the right, and a white bar over the upper half: no two edges alike. */
    static BufferedImage picture(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(0x10, 0x20, 0x80));
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(new Color(0xF0, 0x80, 0x10));
        graphics.fillRect(width / 2, 0, width, height);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(width / 8, height / 8, width / 4, height / 4);
        graphics.dispose();
        return image;
    }

    public static Sample jpeg(int width, int height) throws IOException {
        return Sample.of("photo.jpg", "image/jpeg", encoded(picture(width, height), "jpeg"));
    }

    public static Sample png(int width, int height) throws IOException {
        return Sample.of("shot.png", "image/png", encoded(picture(width, height), "png"));
    }

    static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("nothing writes " + format);
        }
        return out.toByteArray();
    }

    /** A photo as a camera that was held on its side writes it: orientation 6, made by Acme, taken in Lisbon. */
    public static Sample photo(int width, int height) throws IOException {
        byte[] plain = jpeg(width, height).bytes();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(out);
        byte[] exif = exif();
        data.write(plain, 0, 2);
        data.writeShort(0xFFE1);
        data.writeShort(exif.length + 2);
        data.write(exif);
        data.write(plain, 2, plain.length - 2);
        return Sample.of("photo.jpg", "image/jpeg", out.toByteArray());
    }

    private static byte[] exif() throws IOException {
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(out);
        data.write("Exif\0\0MM".getBytes(US_ASCII));
        data.writeShort(42);
        data.writeInt(8);
        // Four directories' worth of room lies before the values: main at 8, camera at 74, place at 104, values at 170.
        data.writeShort(5);
        ascii(data, values, 0x010F, "Acme");
        ascii(data, values, 0x0110, "Acme One");
        entry(data, 0x0112, 3, 1, 6 << 16);
        entry(data, 0x8769, 4, 1, 74);
        entry(data, 0x8825, 4, 1, 104);
        data.writeInt(0);
        data.writeShort(2);
        ascii(data, values, 0x9003, "2024:05:01 10:20:30");
        ascii(data, values, 0x9011, "+01:00");
        data.writeInt(0);
        data.writeShort(4);
        entry(data, 1, 2, 2, 'N' << 24);
        degrees(data, values, 2, 38, 43, 12);
        entry(data, 3, 2, 2, 'W' << 24);
        degrees(data, values, 4, 9, 8, 24);
        data.writeInt(0);
        data.write(new byte[170 + 6 - out.size()]);
        values.writeTo(data);
        return out.toByteArray();
    }

    private static void ascii(DataOutputStream data, ByteArrayOutputStream values, int tag, String text)
            throws IOException {
        entry(data, tag, 2, text.length() + 1, 170 + values.size());
        values.write(Arrays.copyOf(text.getBytes(US_ASCII), text.length() + 1));
    }

    private static void degrees(DataOutputStream data, ByteArrayOutputStream values, int tag, int... parts)
            throws IOException {
        entry(data, tag, 5, 3, 170 + values.size());
        DataOutputStream rationals = new DataOutputStream(values);
        for (int part : parts) {
            rationals.writeInt(part);
            rationals.writeInt(1);
        }
    }

    private static void entry(DataOutputStream data, int tag, int type, int count, int value) throws IOException {
        data.writeShort(tag);
        data.writeShort(type);
        data.writeInt(count);
        data.writeInt(value);
    }

    public static Sample wav(int seconds) throws IOException {
        AudioFormat format = new AudioFormat(8_000, 16, 1, true, false);
        byte[] samples = new byte[8_000 * 2 * seconds];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(samples), format, 8_000L * seconds),
                AudioFileFormat.Type.WAVE,
                out);
        return Sample.of("beep.wav", "audio/vnd.wave", out.toByteArray());
    }

    /** Silent frames of 128 kbit/s at 44.1 kHz, 417 bytes and 26 ms each, and an old tag. */
    public static Sample mp3(int frames) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < frames; i++) {
            byte[] frame = new byte[417];
            frame[0] = (byte) 0xFF;
            frame[1] = (byte) 0xFB;
            frame[2] = (byte) 0x90;
            out.write(frame);
        }
        byte[] tag = Arrays.copyOf(new byte[0], 128);
        System.arraycopy("TAGNight drive".getBytes(US_ASCII), 0, tag, 0, 14);
        System.arraycopy("The Lorries".getBytes(US_ASCII), 0, tag, 33, 11);
        out.write(tag);
        return Sample.of("song.mp3", "audio/mpeg", out.toByteArray());
    }

    /** The boxes that say how long a film is, and no film. */
    public static Sample mp4(int seconds) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(header);
        data.write(new byte[12]);
        data.writeInt(1_000);
        data.writeInt(seconds * 1_000);
        data.write(new byte[80]);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataOutputStream file = new DataOutputStream(out);
        box(file, "ftyp", "isom\0\0\2\0isomiso2avc1mp41".getBytes(US_ASCII));
        ByteArrayOutputStream movie = new ByteArrayOutputStream();
        box(new DataOutputStream(movie), "mvhd", header.toByteArray());
        box(file, "moov", movie.toByteArray());
        return Sample.of("film.mp4", "video/mp4", out.toByteArray());
    }

    private static void box(DataOutputStream out, String type, byte[] content) throws IOException {
        out.writeInt(content.length + 8);
        out.write(type.getBytes(US_ASCII));
        out.write(content);
    }
}
