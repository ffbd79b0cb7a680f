package dev.waybill.extraction;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.lang.GeoLocation;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.bmp.BmpHeaderDirectory;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.gif.GifHeaderDirectory;
import com.drew.metadata.heif.HeifDirectory;
import com.drew.metadata.jpeg.JpegDirectory;
import com.drew.metadata.webp.WebpDirectory;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the metadata of an image, without decoding it. */
final class ImageMetadata {

    private static final Pattern EXIF_TIME = Pattern.compile("(\\d{4}):(\\d{2}):(\\d{2}) (\\d{2}:\\d{2}:\\d{2})\\s*");
    private static final Pattern EXIF_OFFSET = Pattern.compile("[+-]\\d{2}:\\d{2}");
    private static final int PNG_HEADER = 0x49484452;
    private static final int PNG_HEADER_AT = 12;
    private static final int UNKNOWN = 0;
    private static final int UPRIGHT = 1;
    private static final int MAX_ORIENTATION = 8;

    private ImageMetadata() {}

    static void describe(SpooledFile file, Map<String, Object> fields) throws IOException, ImageProcessingException {
        switch (file.mediaType()) {
            // By hand: its compressed notes unfold without bounds in libraries that read them.
            case "image/png", "image/apng" -> putPng(file, fields);
            case "image/jpeg",
                    "image/tiff",
                    "image/gif",
                    "image/bmp",
                    "image/webp",
                    "image/heic",
                    "image/heif",
                    "image/avif" -> {
                Metadata metadata = ImageMetadataReader.readMetadata(file.path().toFile());
                for (Directory directory : metadata.getDirectories()) {
                    putSize(directory, fields);
                    putExif(directory, fields);
                }
            }
            default -> {
                // Drawings and rarer forms: their type and size are all that is known.
            }
        }
    }

    /** The orientation by EXIF, 1 to 8; 1 if it is not known. */
    static int orientation(SpooledFile file) {
        try {
            if (!file.mediaType().equals("image/jpeg") && !file.mediaType().equals("image/tiff")) {
                return UPRIGHT;
            }
            for (Directory directory : ImageMetadataReader.readMetadata(
                            file.path().toFile())
                    .getDirectoriesOfType(ExifDirectoryBase.class)) {
                int orientation = orientation(directory);
                if (orientation != UNKNOWN) {
                    return orientation;
                }
            }
            return UPRIGHT;
        } catch (IOException | ImageProcessingException e) {
            return UPRIGHT;
        }
    }

    private static int orientation(Directory directory) {
        @Nullable Integer orientation = directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
        return orientation != null && orientation >= UPRIGHT && orientation <= MAX_ORIENTATION ? orientation : UNKNOWN;
    }

    private static void putPng(SpooledFile file, Map<String, Object> fields) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file.path()))) {
            in.skipNBytes(PNG_HEADER_AT);
            if (in.readInt() != PNG_HEADER) {
                throw new IOException("no header");
            }
            fields.put("width", in.readInt());
            fields.put("height", in.readInt());
        }
    }

    private static void putSize(Directory directory, Map<String, Object> fields) {
        switch (directory) {
            case JpegDirectory d -> put(d, JpegDirectory.TAG_IMAGE_WIDTH, JpegDirectory.TAG_IMAGE_HEIGHT, fields);
            case GifHeaderDirectory d ->
                put(d, GifHeaderDirectory.TAG_IMAGE_WIDTH, GifHeaderDirectory.TAG_IMAGE_HEIGHT, fields);
            case BmpHeaderDirectory d ->
                put(d, BmpHeaderDirectory.TAG_IMAGE_WIDTH, BmpHeaderDirectory.TAG_IMAGE_HEIGHT, fields);
            case WebpDirectory d -> put(d, WebpDirectory.TAG_IMAGE_WIDTH, WebpDirectory.TAG_IMAGE_HEIGHT, fields);
            case HeifDirectory d -> put(d, HeifDirectory.TAG_IMAGE_WIDTH, HeifDirectory.TAG_IMAGE_HEIGHT, fields);
            case ExifDirectoryBase d -> {
                // A TIFF has its size here; a JPEG only says again what its own header says.
                if (!fields.containsKey("width")) {
                    put(d, ExifDirectoryBase.TAG_IMAGE_WIDTH, ExifDirectoryBase.TAG_IMAGE_HEIGHT, fields);
                }
            }
            default -> {
                // About something else than the size.
            }
        }
    }

    private static void put(Directory directory, int width, int height, Map<String, Object> fields) {
        @Nullable Integer w = directory.getInteger(width);
        @Nullable Integer h = directory.getInteger(height);
        if (w != null && h != null) {
            fields.put("width", w);
            fields.put("height", Math.abs(h)); // a bitmap that is stored top down has a negative one
        }
    }

    private static void putExif(Directory directory, Map<String, Object> fields) {
        if (directory instanceof GpsDirectory gps) {
            putLocation(gps, fields);
        } else if (directory instanceof ExifDirectoryBase exif) {
            putText(exif, ExifDirectoryBase.TAG_MAKE, "camera_make", fields);
            putText(exif, ExifDirectoryBase.TAG_MODEL, "camera_model", fields);
            putText(exif, ExifDirectoryBase.TAG_ARTIST, "author", fields);
            putText(exif, ExifDirectoryBase.TAG_IMAGE_DESCRIPTION, "title", fields);
            putTime(exif, fields);
            int orientation = orientation(exif);
            if (orientation != UNKNOWN) {
                fields.putIfAbsent("orientation", orientation);
            }
        }
    }

    private static void putLocation(GpsDirectory gps, Map<String, Object> fields) {
        @Nullable GeoLocation location = gps.getGeoLocation();
        if (location != null && !location.isZero()) {
            fields.put("gps_latitude", location.getLatitude());
            fields.put("gps_longitude", location.getLongitude());
        }
    }

    /** As the camera's clock showed it, with its offset only where the camera wrote one. */
    private static void putTime(ExifDirectoryBase exif, Map<String, Object> fields) {
        @Nullable String time = exif.getString(ExifDirectoryBase.TAG_DATETIME_ORIGINAL);
        if (time == null) {
            return;
        }
        Matcher parts = EXIF_TIME.matcher(time);
        if (parts.matches()) {
            @Nullable String offset = exif.getString(ExifDirectoryBase.TAG_TIME_ZONE_ORIGINAL);
            boolean zoned = offset != null && EXIF_OFFSET.matcher(offset).matches();
            fields.put("taken_at", parts.replaceFirst("$1-$2-$3T$4") + (zoned ? offset : ""));
        }
    }

    private static void putText(Directory directory, int tag, String name, Map<String, Object> fields) {
        @Nullable String value = directory.getString(tag);
        if (value != null && !value.isBlank()) {
            String text = value.strip().replace("\0", "");
            fields.putIfAbsent(name, text.length() > 1_000 ? text.substring(0, 1_000) : text);
        }
    }
}
