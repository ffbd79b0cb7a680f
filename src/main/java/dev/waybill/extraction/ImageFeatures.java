package dev.waybill.extraction;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Features of an image, before its thumbnail is stored. */
record ImageFeatures(DecodedImage picture, Thumbnail thumbnail, String hash, List<DominantColors.Colour> colours) {

    private static final int MIN_EDGE = 16;
    private static final int MAX_EDGE = 2_048;
    private static final int MAX_COLOURS = 16;

    /** Settings of the features. */
    record Settings(int thumbnailSize, int dominantColors) {

        static Settings read(Parameters parameters) {
            return new Settings(
                    parameters.integer("thumbnail_size", 256, MIN_EDGE, MAX_EDGE),
                    parameters.integer("dominant_colors", 5, 1, MAX_COLOURS));
        }
    }

    static ImageFeatures of(DecodedImage picture, Settings settings) throws IOException {
        return new ImageFeatures(
                picture,
                Thumbnail.of(picture.image(), settings.thumbnailSize()),
                PerceptualHash.of(picture.image()),
                DominantColors.of(picture.image(), settings.dominantColors()));
    }

    /** Stores the thumbnail, and returns the fields of a document. */
    Map<String, Object> store(ExtractionSink sink) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("width", picture.width());
        fields.put("height", picture.height());
        fields.put("perceptual_hash", hash);
        fields.put(
                "dominant_colors",
                colours.stream()
                        .map(colour -> Map.of("color", colour.hex(), "share", colour.share()))
                        .toList());
        fields.put("thumbnail_key", sink.store(thumbnail.name(), thumbnail.contentType(), thumbnail.bytes()));
        fields.put("thumbnail_content_type", thumbnail.contentType());
        fields.put("thumbnail_width", thumbnail.width());
        fields.put("thumbnail_height", thumbnail.height());
        return fields;
    }
}
