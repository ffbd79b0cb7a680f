package dev.waybill.extraction;

import dev.waybill.extraction.ExtractionException.Kind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import net.coobird.thumbnailator.filters.ImageFilter;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/** Decodes images, never before their size is known, and never to more pixels than the features need. */
final class ImageDecoder {

    private static final Map<String, String> FORMATS = Map.of(
            "image/jpeg", "jpeg", "image/png", "png", "image/gif", "gif", "image/bmp", "bmp", "image/tiff", "tiff");

    /** Pixels on an edge from which on only every n-th is decoded. */
    private static final int WORKING_EDGE = 4_096;

    private static final int FIRST_TURNED_ON_ITS_SIDE = 5;

    private final int maxPixels;

    /** @param maxPixels images of more are refused */
    ImageDecoder(int maxPixels) {
        this.maxPixels = maxPixels;
    }

    boolean reads(String mediaType) {
        return FORMATS.containsKey(mediaType);
    }

    DecodedImage read(SpooledFile file) throws IOException, ExtractionException {
        String format = FORMATS.get(file.mediaType());
        if (format == null) {
            throw new ExtractionException(
                    Kind.UNSUPPORTED, "Images of type %s cannot be decoded".formatted(file.mediaType()), null);
        }
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        ImageReader reader = readers.next();
        try (ImageInputStream in = new FileImageInputStream(file.path().toFile())) {
            // Without its metadata: text in an image may unfold without bounds.
            reader.setInput(in, true, true);
            return decode(reader, file);
        } finally {
            reader.dispose();
        }
    }

    private DecodedImage decode(ImageReader reader, SpooledFile file) throws IOException, ExtractionException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > maxPixels) {
            throw new ExtractionException(
                    Kind.TOO_MUCH,
                    "The image has %d x %d pixels; at most %d are decoded".formatted(width, height, maxPixels),
                    null);
        }
        ImageReadParam subsampled = reader.getDefaultReadParam();
        int step = (Math.max(width, height) + WORKING_EDGE - 1) / WORKING_EDGE;
        subsampled.setSourceSubsampling(step, step, 0, 0);
        AtomicBoolean cutShort = new AtomicBoolean();
        reader.addIIOReadWarningListener((source, warning) -> {
            if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
                cutShort.set(true);
            }
        });
        BufferedImage image = reader.read(0, subsampled);
        if (cutShort.get()) {
            throw new ExtractionException(Kind.BROKEN, "The image ends before all of it is there", null);
        }
        return upright(image, width, height, ImageMetadata.orientation(file));
    }

    private static DecodedImage upright(BufferedImage image, int width, int height, int orientation) {
        ImageFilter turn = ExifFilterUtils.getFilterForOrientation(Orientation.typeOf(orientation));
        boolean onItsSide = orientation >= FIRST_TURNED_ON_ITS_SIDE;
        return new DecodedImage(turn.apply(image), onItsSide ? height : width, onItsSide ? width : height);
    }
}
