package dev.waybill.extraction;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import net.coobird.thumbnailator.Thumbnails;

/** A small copy of an image: a PNG if it has an alpha channel, else a JPEG. */
record Thumbnail(byte[] bytes, String contentType, int width, int height) {

    private static final double QUALITY = 0.85;

    /** Fits into a square of that edge; an image that fits already stays as large as it is. */
    static Thumbnail of(BufferedImage image, int edge) throws IOException {
        double scale = Math.min(1.0, (double) edge / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        boolean png = image.getColorModel().hasAlpha();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Thumbnails.of(image)
                .forceSize(width, height)
                .imageType(png ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB)
                .outputFormat(png ? "png" : "jpeg")
                .outputQuality(QUALITY)
                .toOutputStream(out);
        return new Thumbnail(out.toByteArray(), png ? "image/png" : "image/jpeg", width, height);
    }

    String name() {
        return contentType.equals("image/png") ? "thumbnail.png" : "thumbnail.jpg";
    }
}
