package dev.waybill.extraction;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.mov.QuickTimeDirectory;
import com.drew.metadata.mov.media.QuickTimeVideoDirectory;
import com.drew.metadata.mp4.Mp4Directory;
import com.drew.metadata.mp4.media.Mp4VideoDirectory;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the metadata of a video. */
final class VideoDescription {

    private static final Set<String> TYPES =
            Set.of("video/mp4", "video/quicktime", "video/x-m4v", "video/3gpp", "audio/mp4", "application/mp4");

    private VideoDescription() {}

    static boolean knows(String mediaType) {
        return TYPES.contains(mediaType);
    }

    static void describe(SpooledFile file, Map<String, Object> fields) throws IOException, ImageProcessingException {
        for (Directory directory :
                ImageMetadataReader.readMetadata(file.path().toFile()).getDirectories()) {
            switch (directory) {
                case Mp4VideoDirectory d ->
                    putSize(d, Mp4VideoDirectory.TAG_WIDTH, Mp4VideoDirectory.TAG_HEIGHT, fields);
                case QuickTimeVideoDirectory d ->
                    putSize(d, QuickTimeVideoDirectory.TAG_WIDTH, QuickTimeVideoDirectory.TAG_HEIGHT, fields);
                case Mp4Directory d -> putDuration(d, Mp4Directory.TAG_DURATION_SECONDS, fields);
                case QuickTimeDirectory d -> putDuration(d, QuickTimeDirectory.TAG_DURATION_SECONDS, fields);
                default -> {
                    // About something else.
                }
            }
        }
    }

    private static void putSize(Directory directory, int width, int height, Map<String, Object> fields) {
        @Nullable Integer w = directory.getInteger(width);
        @Nullable Integer h = directory.getInteger(height);
        // Other tracks have the same directory, without a size.
        if (w != null && h != null && w > 0 && h > 0) {
            fields.put("width", w);
            fields.put("height", h);
        }
    }

    private static void putDuration(Directory directory, int tag, Map<String, Object> fields) {
        @Nullable Double seconds = directory.getDoubleObject(tag);
        if (seconds != null && seconds >= 0) {
            fields.put("duration_seconds", FileDescription.round(seconds));
        }
    }
}
