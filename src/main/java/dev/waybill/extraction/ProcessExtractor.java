package dev.waybill.extraction;

import java.util.Map;

/** An extractor whose reading is done in a process of its own. */
record ProcessExtractor(FileExtractor reading, ProcessFileOpener opener) implements Extractor {

    @Override
    public String name() {
        return reading.name();
    }

    @Override
    public boolean takes(String mediaType) {
        return reading.takes(mediaType);
    }

    @Override
    public void checkParameters(Map<String, Object> parameters) {
        reading.checkParameters(parameters);
    }

    @Override
    public void extract(ExtractionSource source, Map<String, Object> parameters, ExtractionSink sink)
            throws ExtractionException {
        checkParameters(parameters);
        opener.open(reading.name(), source, parameters, sink);
    }
}
