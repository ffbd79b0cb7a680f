package dev.waybill.extraction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes of any file what can be made of it: of an image what {@code image_extractor} sees, of a text the chunks of
 * {@code text_extractor}. Every document also carries what {@code metadata_extractor} says of the file, so that each one
 * can be found by it.
 */
@Component
class MultimodalExtractor implements Extractor {

    private final Workbench workbench;
    private final FileDescription description;
    private final DocumentReader documents;
    private final PictureReader pictures;

    MultimodalExtractor(
            Workbench workbench, FileDescription description, DocumentReader documents, PictureReader pictures) {
        this.workbench = workbench;
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
    public void extract(ExtractionSource source, Map<String, Object> parameters, ExtractionSink sink)
            throws ExtractionException {
        Settings settings = Parameters.read(parameters, Settings::read);
        Findings findings = workbench.work(source, file -> look(file, settings));
        if (findings.image() != null) {
            sink.document(merged(findings.metadata(), findings.image().keep(sink)));
        } else if (findings.chunks().isEmpty()) {
            sink.document(findings.metadata());
        } else {
            findings.chunks().forEach(chunk -> sink.document(merged(findings.metadata(), chunk)));
        }
    }

    private Findings look(SpooledFile file, Settings settings) throws Exception {
        if (pictures.reads(file.mediaType())) {
            ImageFeatures image = ImageFeatures.of(pictures.read(file), settings.image());
            return new Findings(description.of(file), image, List.of());
        }
        if (documents.reads(file.mediaType())) {
            ReadDocument read = documents.read(file, settings.text().maxCharacters());
            return new Findings(
                    description.of(file, read), null, settings.text().documents(read, file.deadline()));
        }
        return new Findings(description.of(file), null, List.of());
    }

    /** The second wins: an image's size as one looks at it, not as it is stored. */
    private static Map<String, Object> merged(Map<String, Object> first, Map<String, Object> second) {
        Map<String, Object> merged = new LinkedHashMap<>(first);
        merged.putAll(second);
        return merged;
    }

    private record Findings(
            Map<String, Object> metadata, @Nullable ImageFeatures image, List<Map<String, Object>> chunks) {}

    private record Settings(TextSettings text, ImageFeatures.Settings image) {

        static Settings read(Parameters parameters) {
            return new Settings(TextSettings.read(parameters), ImageFeatures.Settings.read(parameters));
        }
    }
}
