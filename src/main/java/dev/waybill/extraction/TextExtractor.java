package dev.waybill.extraction;

import java.util.Map;

/** Extracts the text of PDF, Office, OpenDocument, EPUB, HTML, RTF and plain files, in chunks. */
final class TextExtractor implements FileExtractor {

    private final DocumentReader reader;

    TextExtractor(DocumentReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "text_extractor";
    }

    @Override
    public boolean takes(String mediaType) {
        return reader.reads(TypeDetection.bare(mediaType));
    }

    @Override
    public void checkParameters(Map<String, Object> parameters) {
        Parameters.read(parameters, TextSettings::read);
    }

    @Override
    public void extract(SpooledFile file, Map<String, Object> parameters, ExtractionSink sink) throws Exception {
        TextSettings settings = Parameters.read(parameters, TextSettings::read);
        settings.documents(reader.read(file, settings.maxCharacters())).forEach(sink::document);
    }
}
