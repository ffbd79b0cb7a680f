package dev.waybill.extraction.sandbox;

import dev.waybill.extraction.Extractor;
import dev.waybill.extraction.FileExtractors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The extractors that come with the service. They are beans in the service, and run in its child processes. */
@Configuration(proxyBeanMethods = false)
class BuiltInExtractors {

    private final FileExtractors files;
    private final ProcessFileOpener opener;

    BuiltInExtractors(ExtractionProperties limits, ProcessFileOpener opener) {
        this.files = FileExtractors.builtIn(limits.maxPixels());
        this.opener = opener;
    }

    @Bean
    Extractor metadataExtractor() {
        return new ProcessExtractor(files.metadata(), opener);
    }

    @Bean
    Extractor textExtractor() {
        return new ProcessExtractor(files.text(), opener);
    }

    @Bean
    Extractor imageExtractor() {
        return new ProcessExtractor(files.image(), opener);
    }

    @Bean
    Extractor multimodalExtractor() {
        return new ProcessExtractor(files.multimodal(), opener);
    }
}
