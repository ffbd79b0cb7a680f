package dev.waybill.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.waybill.extraction.sandbox.Extraction;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class MetadataExtractorTests extends ExtractorContract {

    private final Extraction extraction = Extraction.standard();

    @Override
    Extractor extractor() {
        return extraction.metadata;
    }

    @Override
    List<Sample> samples() throws Exception {
        return List.of(
                RealFiles.pdf("one"),
                RealFiles.docx("one"),
                RealFiles.photo(64, 48),
                RealFiles.png(64, 48),
                RealFiles.wav(1),
                RealFiles.mp3(100),
                RealFiles.mp4(7),
                Sample.text("one two"),
                Sample.of("any.bin", "application/octet-stream", new byte[] {1, 2, 3}));
    }

    @Test
    void countsWhatATextHas() throws Exception {
        assertThat(of(Sample.text("Näher kommen.\nTwo words")))
                .isEqualTo(
                        Map.of("media_type", "text/plain", "size_bytes", 24, "characters", 23, "words", 4, "lines", 2));
    }

    @Test
    void knowsADocumentsPagesAndAuthor() throws Exception {
        assertThat(of(RealFiles.pdf("one", "two", "three")))
                .containsEntry("page_count", 3)
                .containsEntry("title", "On waybills")
                .containsEntry("author", "A. Carrier")
                .containsEntry("media_type", "application/pdf");
        assertThat(of(RealFiles.docx("one")))
                .containsEntry("media_type", RealFiles.DOCX)
                .containsEntry("title", "Freight terms")
                .containsEntry("author", "B. Lading")
                .containsKey("created_at");
        assertThat(of(RealFiles.epub("one"))).containsEntry("title", "The long road");
    }

    @Test
    void readsWhatACameraWrote() throws Exception {
        Map<String, Object> fields = of(RealFiles.photo(64, 48));

        assertThat(fields)
                .containsEntry("width", 64)
                .containsEntry("height", 48)
                .containsEntry("orientation", 6)
                .containsEntry("camera_make", "Acme")
                .containsEntry("camera_model", "Acme One")
                .containsEntry("taken_at", "2024-05-01T10:20:30+01:00");
        assertThat(fields.get("gps_latitude"))
                .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
                .isCloseTo(38.72, within(1e-6));
        assertThat(fields.get("gps_longitude"))
                .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
                .isCloseTo(-9.14, within(1e-6));
    }

    @Test
    void knowsTheSizeOfAnyImage() throws Exception {
        for (String format : List.of("png", "jpeg", "gif", "bmp", "tiff")) {
            byte[] bytes = RealFiles.encoded(RealFiles.picture(40, 30), format);
            assertThat(of(Sample.of("image", "image/" + format, bytes)))
                    .as(format)
                    .containsEntry("media_type", "image/" + format)
                    .containsEntry("width", 40)
                    .containsEntry("height", 30);
        }
    }

    @Test
    void knowsHowLongSoundAndFilmLast() throws Exception {
        assertThat(of(RealFiles.wav(3)))
                .containsEntry("duration_seconds", 3.0)
                .containsEntry("sample_rate_hz", 8_000)
                .containsEntry("channels", 1);
        assertThat(of(RealFiles.mp4(7))).containsEntry("duration_seconds", 7.0);
        Map<String, Object> song = of(RealFiles.mp3(100));
        assertThat(song).containsEntry("title", "Night drive").containsEntry("artist", "The Lorries");
        assertThat(song.get("duration_seconds"))
                .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
                .isCloseTo(2.61, within(0.05));
    }

    @Test
    void detectsTheTypeFromTheBytesAndNotTheName() throws Exception {
        Sample disguised =
                Sample.of("holiday.jpg", "image/jpeg", RealFiles.png(10, 10).bytes());
        assertThat(of(disguised)).containsEntry("media_type", "image/png");

        Sample unnamed =
                Sample.of("terms", "application/zip", RealFiles.docx("one").bytes());
        assertThat(of(unnamed)).containsEntry("media_type", RealFiles.DOCX);

        Sample csv = Sample.of("rates.csv", "text/csv", "from,to\nLisbon,Porto\n".getBytes(UTF_8));
        assertThat(of(csv)).containsEntry("media_type", "text/csv").containsEntry("lines", 2);

        assertThat(of(Sample.text("<html><body>about web pages"))).containsEntry("media_type", "text/plain");
    }

    @Test
    void countsTheFilesOfAnArchiveWithoutOpeningThem() throws Exception {
        byte[] archive = RealFiles.zip("a.txt", "one", "b.txt", "two");
        assertThat(of(Sample.of("all.zip", "application/zip", archive))).containsEntry("entries", 2);
    }

    private Map<String, Object> of(Sample sample) throws ExtractionException {
        return sample.through(extractor()).only();
    }
}
