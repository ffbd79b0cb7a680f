package dev.waybill.extraction;

import java.util.Map;

/** Extracts the type and the metadata of a file: one document, for any type. */
final class MetadataExtractor implements FileExtractor {

    private final FileDescription description;

    MetadataExtractor(FileDescription description) {
        this.description = description;
    }

    @Override
    public String name() {
        return "metadata_extractor";
    }

    @Override
    public boolean takes(String mediaType) {
        return true;
    }

    @Override
    public void checkParameters(Map<String, Object> parameters) {
        new Parameters(parameters).refuse();
    }

    @Override
    public void extract(SpooledFile file, Map<String, Object> parameters, ExtractionSink sink) throws Exception {
        sink.document(description.of(file));
    }
}
