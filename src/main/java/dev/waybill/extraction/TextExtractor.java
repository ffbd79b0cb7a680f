package dev.waybill.extraction;

import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The text of PDF, Office, OpenDocument, EPUB, HTML, RTF and plain files, in chunks. */
@Component
class TextExtractor implements Extractor {

    private final Workbench workbench;
    private final DocumentReader reader;

    TextExtractor(Workbench workbench, DocumentReader reader) {
        this.workbench = workbench;
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
    public void extract(ExtractionSource source, Map<String, Object> parameters, ExtractionSink sink)
            throws ExtractionException {
        TextSettings settings = Parameters.read(parameters, TextSettings::read);
        List<Map<String, Object>> documents = workbench.work(
                source, file -> settings.documents(reader.read(file, settings.maxCharacters()), file.deadline()));
        documents.forEach(sink::document);
    }
}
