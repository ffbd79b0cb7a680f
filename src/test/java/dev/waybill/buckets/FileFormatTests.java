package dev.waybill.buckets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.storage.MediaTypes;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileFormatTests {

    private static byte[] image(String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    private static byte[] zip(String entry) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write("x".getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    @Test
    void bytesTellTheTypeWhateverTheNameSays() throws IOException {
        assertThat(MediaTypes.detect(image("png"), "photo.pdf")).isEqualTo("image/png");
        assertThat(MediaTypes.detect(image("jpeg"), "photo.png")).isEqualTo("image/jpeg");
        assertThat(MediaTypes.detect("%PDF-1.7\n%\u00e2".getBytes(UTF_8), "a.jpg"))
                .isEqualTo("application/pdf");
        assertThat(MediaTypes.detect("hello, world\n".getBytes(UTF_8), "a.jpg")).isEqualTo("text/plain");
    }

    @Test
    void theNameRefinesWhatTheBytesLeaveOpen() throws IOException {
        assertThat(MediaTypes.detect(zip("xl/workbook.xml"), "sheet.xlsx"))
                .isEqualTo("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        assertThat(MediaTypes.detect("a,b\n1,2\n".getBytes(UTF_8), "table.csv")).isEqualTo("text/csv");
        assertThat(MediaTypes.detect("{\"a\": 1}".getBytes(UTF_8), "data.json")).isEqualTo("application/json");
    }

    @Test
    void bytesThatShowNothingStayUnknown() {
        byte[] noise = new byte[4096];
        new Random(7).nextBytes(noise);
        noise[0] = 0;
        noise[1] = 1;

        assertThat(MediaTypes.detect(noise, "photo.jpg")).isEqualTo(MediaTypes.UNKNOWN);
        assertThat(FileFormat.fits(FieldType.IMAGE, MediaTypes.UNKNOWN)).isFalse();
        assertThat(MediaTypes.detect(new byte[0], "photo.jpg")).isEqualTo("application/x-empty");
        assertThat(FileFormat.fits(FieldType.IMAGE, "application/x-empty")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE, image/webp, true",
        "IMAGE, video/mp4, false",
        "VIDEO, video/quicktime, true",
        "VIDEO, application/mp4, true",
        "AUDIO, audio/mpeg, true",
        "PDF, application/pdf, true",
        "PDF, image/png, false",
        "TEXT, text/markdown, true",
        "TEXT, application/json, true",
        "TEXT, image/svg+xml, false",
        "JSON, application/ld+json, true",
        "JSON, text/plain, false",
        "EXCEL, application/vnd.ms-excel, true",
        "EXCEL, application/pdf, false",
        "DOCUMENT, application/msword, true",
        "DOCUMENT, image/png, false",
        "BINARY, application/octet-stream, true",
        "STRING, text/plain, false"
    })
    void aPropertyTakesWhatItsTypeMeans(FieldType type, String mediaType, boolean fits) {
        assertThat(FileFormat.fits(type, mediaType)).isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "image", "image/", "*/*", "image/*", "image/png\r\nX: y", "image/p\u00e4g", "a b/c"})
    void whatCannotBeSignedIsNoMediaType(String contentType) {
        assertThat(MediaTypes.normalize(contentType)).isEmpty();
    }

    @Test
    void parametersAndCaseAreLeftOut() {
        assertThat(MediaTypes.normalize("Text/HTML; charset=utf-8")).contains("text/html");
    }

    @Test
    void labelsAreWhatPeopleCallThem() {
        assertThat(FileFormat.label("image/png")).isEqualTo("PNG");
        assertThat(FileFormat.label("application/pdf")).isEqualTo("PDF");
        assertThat(FileFormat.label(MediaTypes.UNKNOWN)).isEqualTo("unrecognized bytes");
    }
}
