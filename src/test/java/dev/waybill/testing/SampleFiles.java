package dev.waybill.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/** Real files, small, and never the same twice unless a seed says so. */
public final class SampleFiles {

    private static final AtomicInteger NEXT = new AtomicInteger(1);

    private SampleFiles() {}

    public static byte[] jpeg() {
        return image("jpeg", NEXT.getAndIncrement());
    }

    public static byte[] jpeg(int seed) {
        return image("jpeg", -seed);
    }

    public static byte[] png() {
        return image("png", NEXT.getAndIncrement());
    }

    public static byte[] pdf() {
        return "%%PDF-1.4\n%% %d\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n"
                .formatted(NEXT.getAndIncrement())
                .getBytes(ISO_8859_1);
    }

    /** An image of 32 blocks whose light and dark spell the seed, so that lossy formats keep it apart too. */
    private static byte[] image(String format, int seed) {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int bit = 0; bit < 32; bit++) {
            int colour = (seed >>> bit & 1) == 1 ? 0xFFFFFF : 0x204060;
            for (int x = 0; x < 8; x++) {
                for (int y = 0; y < 16; y++) {
                    image.setRGB(bit % 8 * 8 + x, bit / 8 * 16 + y, colour);
                }
            }
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
