package dev.waybill.extraction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Extracts from any file what can be extracted: from an image the features of {@code image_extractor}, from a text the
 * chunks of {@code text_extractor}. Every document also carries the metadata of {@code metadata_extractor}, so that
 * each one can be found by it.
 */
final class MultimodalExtractor implements FileExtractor {

    private final FileDescription description;
    private final DocumentReader documents;
    private final ImageDecoder pictures;

    MultimodalExtractor(FileDescription description, DocumentReader documents, ImageDecoder pictures) {
        this.description = description;
        this.documents = documents;
        this.pictures = pictures;
    }

    @Override
    public String name() {
        return "multimodal_extractor";
    }

    @Override
    public boolean takes(String mediaType) {
        return true;
    }

    @Override
    public void checkParameters(Map<String, Object> parameters) {
        Parameters.read(parameters, Settings::read);
    }

    @Override
    public void extract(SpooledFile file, Map<String, Object> parameters, ExtractionSink sink) throws Exception {
        Settings settings = Parameters.read(parameters, Settings::read);
        if (pictures.reads(file.mediaType())) {
            ImageFeatures image = ImageFeatures.of(pictures.read(file), settings.image());
            sink.document(merged(description.of(file), image.store(sink)));
        } else if (documents.reads(file.mediaType())) {
            extractText(file, settings.text(), sink);
        } else {
            sink.document(description.of(file));
        }
    }

    private void extractText(SpooledFile file, TextSettings settings, ExtractionSink sink) throws Exception {
        ReadDocument read = documents.read(file, settings.maxCharacters());
        Map<String, Object> metadata = description.of(file, read);
        List<Map<String, Object>> chunks = settings.documents(read);
        if (chunks.isEmpty()) {
            sink.document(metadata);
        }
        chunks.forEach(chunk -> sink.document(merged(metadata, chunk)));
    }

    /** The second wins: an image's size as displayed, not as stored. */
    private static Map<String, Object> merged(Map<String, Object> first, Map<String, Object> second) {
        Map<String, Object> merged = new LinkedHashMap<>(first);
        merged.putAll(second);
        return merged;
    }

    private record Settings(TextSettings text, ImageFeatures.Settings image) {

        static Settings read(Parameters parameters) {
            return new Settings(TextSettings.read(parameters), ImageFeatures.Settings.read(parameters));
        }
    }
}
