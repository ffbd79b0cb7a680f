package dev.waybill.namespaces;

import java.util.List;
import org.springframework.stereotype.Component;

/** The extractors that every installation knows. */
@Component
class BuiltInExtractors implements KnownExtractors {

    private static final List<Extractor> ALL = List.of(
            new Extractor("metadata_extractor", "v1"),
            new Extractor("text_extractor", "v1"),
            new Extractor("image_extractor", "v1"),
            new Extractor("multimodal_extractor", "v1"));

    @Override
    public List<Extractor> extractors() {
        return ALL;
    }
}
