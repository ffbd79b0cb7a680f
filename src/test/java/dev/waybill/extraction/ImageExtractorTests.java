package dev.waybill.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.extraction.ExtractionException.Kind;
import dev.waybill.extraction.sandbox.Extraction;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import net.coobird.thumbnailator.Thumbnails;
import org.junit.jupiter.api.Test;

class ImageExtractorTests extends ExtractorContract {

    private final Extraction extraction = Extraction.standard();

    @Override
    Extractor extractor() {
        return extraction.image;
    }

    @Override
    List<Sample> samples() throws Exception {
        BufferedImage picture = RealFiles.picture(50, 40);
        return List.of(
                RealFiles.jpeg(300, 200),
                RealFiles.png(300, 200),
                RealFiles.photo(64, 48),
                Sample.of("a.gif", "image/gif", RealFiles.encoded(picture, "gif")),
                Sample.of("a.bmp", "image/bmp", RealFiles.encoded(picture, "bmp")),
                Sample.of("a.tif", "image/tiff", RealFiles.encoded(picture, "tiff")));
    }

    @Test
    void storesAThumbnail() throws Exception {
        CollectingSink sink = RealFiles.jpeg(1_000, 500).through(extractor());

        assertThat(sink.only())
                .containsEntry("width", 1_000)
                .containsEntry("height", 500)
                .containsEntry("thumbnail_key", "kept/thumbnail.jpg")
                .containsEntry("thumbnail_width", 256)
                .containsEntry("thumbnail_height", 128);
        BufferedImage small = thumbnail(sink);
        assertThat(small.getWidth()).isEqualTo(256);
        assertThat(small.getHeight()).isEqualTo(128);
        assertThat(sink.stored.get("thumbnail.jpg").contentType()).isEqualTo("image/jpeg");
    }

    @Test
    void theThumbnailHasTheRequestedSizeButIsNeverLargerThanTheImage() throws Exception {
        BufferedImage small = thumbnail(RealFiles.jpeg(400, 200).through(extractor(), Map.of("thumbnail_size", 64)));
        assertThat(small.getWidth()).isEqualTo(64);

        BufferedImage same = thumbnail(RealFiles.jpeg(40, 20).through(extractor()));
        assertThat(same.getWidth()).isEqualTo(40);
    }

    @Test
    void transparencyIsPreserved() throws Exception {
        BufferedImage glass = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);
        CollectingSink sink =
                Sample.of("a.png", "image/png", RealFiles.encoded(glass, "png")).through(extractor());

        assertThat(sink.stored.get("thumbnail.png").contentType()).isEqualTo("image/png");
        assertThat(thumbnail(sink).getRGB(5, 5) >>> 24).isZero();
        assertThat((List<?>) sink.only().get("dominant_colors")).isEmpty();
    }

    @Test
    void turnsAPhotoUpright() throws Exception {
        CollectingSink sink = RealFiles.photo(300, 200).through(extractor());

        assertThat(sink.only()).containsEntry("width", 200).containsEntry("height", 300);
        BufferedImage upright = thumbnail(sink);
        assertThat(upright.getHeight()).isGreaterThan(upright.getWidth());
        // What was on the left is above, and what was on the right below.
        Color above = new Color(upright.getRGB(5, 5));
        Color below = new Color(upright.getRGB(5, upright.getHeight() - 5));
        assertThat(above.getBlue()).isGreaterThan(above.getRed());
        assertThat(below.getRed()).isGreaterThan(below.getBlue());
    }

    @Test
    void theHashStaysWhenAnImageIsResizedOrStoredInAnotherFormat() throws Exception {
        BufferedImage scene = scene(1);
        String hash = hash(scene, "png");

        assertThat(hash).matches("[0-9a-f]{16}");
        for (int width : List.of(640, 333, 200, 120)) {
            BufferedImage resized = Thumbnails.of(scene).width(width).asBufferedImage();
            assertThat(distance(hash, hash(resized, "png")))
                    .as("%d wide", width)
                    .isLessThanOrEqualTo(3);
            assertThat(distance(hash, hash(resized, "jpeg")))
                    .as("%d wide JPEG", width)
                    .isLessThanOrEqualTo(4);
        }
        for (int other = 2; other < 8; other++) {
            assertThat(distance(hash, hash(scene(other), "png")))
                    .as("another scene")
                    .isGreaterThan(10);
        }
    }

    @Test
    void namesTheColoursThatAnImageMostlyHas() throws Exception {
        assertThat(RealFiles.png(160, 80).through(extractor()).only().get("dominant_colors"))
                .isEqualTo(List.of(
                        Map.of("color", "#f08010", "share", 0.5),
                        Map.of("color", "#102080", "share", 0.438),
                        Map.of("color", "#ffffff", "share", 0.063)));
        assertThat((List<?>) RealFiles.png(160, 80)
                        .through(extractor(), Map.of("dominant_colors", 1))
                        .only()
                        .get("dominant_colors"))
                .hasSize(1);
    }

    @Test
    void aLargePhotoIsDecodedInSteps() throws Exception {
        CollectingSink sink = RealFiles.jpeg(9_000, 1_000).through(extractor());

        assertThat(sink.only()).containsEntry("width", 9_000).containsEntry("height", 1_000);
        assertThat(thumbnail(sink).getWidth()).isEqualTo(256);
    }

    @Test
    void anImageThatNothingHereDecodesIsNamed() {
        Sample drawing = Sample.of("a.svg", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes());

        assertThat(extractor().takes("image/svg+xml")).isFalse();
        assertThatExceptionOfType(ExtractionException.class)
                .isThrownBy(() -> drawing.through(extractor()))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.UNSUPPORTED));
    }

    private String hash(BufferedImage image, String format) throws Exception {
        return (String) Sample.of("a", "image/" + format, RealFiles.encoded(image, format))
                .through(extractor())
                .only()
                .get("perceptual_hash");
    }

    private static int distance(String one, String other) {
        return Long.bitCount(Long.parseUnsignedLong(one, 16) ^ Long.parseUnsignedLong(other, 16));
    }

    private static BufferedImage thumbnail(CollectingSink sink) throws Exception {
        byte[] bytes = sink.stored.values().iterator().next().bytes();
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }

    private static BufferedImage scene(int seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(800, 600, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 60; i++) {
            graphics.setColor(new Color(random.nextInt(0x1000000)));
            graphics.fillOval(random.nextInt(800) - 100, random.nextInt(600) - 100, 250, 200);
        }
        graphics.dispose();
        return image;
    }
}
