package dev.waybill.extraction.sandbox;

import dev.waybill.extraction.ExtractionException;
import dev.waybill.extraction.ExtractionSink;
import dev.waybill.extraction.ExtractionSource;
import dev.waybill.extraction.Extractor;
import dev.waybill.extraction.FileExtractor;
import java.util.Map;

/** An extractor that reads files in a child process. */
record ProcessExtractor(FileExtractor extractor, ProcessFileOpener opener) implements Extractor {

    @Override
    public String name() {
        return extractor.name();
    }

    @Override
    public boolean takes(String mediaType) {
        return extractor.takes(mediaType);
    }

    @Override
    public void checkParameters(Map<String, Object> parameters) {
        extractor.checkParameters(parameters);
    }

    @Override
    public void extract(ExtractionSource source, Map<String, Object> parameters, ExtractionSink sink)
            throws ExtractionException {
        checkParameters(parameters);
        opener.open(extractor.name(), source, parameters, sink);
    }
}
