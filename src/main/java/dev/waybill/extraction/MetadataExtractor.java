package dev.waybill.extraction;

import java.util.Map;
import org.springframework.stereotype.Component;

/** What a file is and what it says about itself: one document, for any type. */
@Component
class MetadataExtractor implements Extractor {

    private final Workbench workbench;
    private final FileDescription description;

    MetadataExtractor(Workbench workbench, FileDescription description) {
        this.workbench = workbench;
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
    public void extract(ExtractionSource source, Map<String, Object> parameters, ExtractionSink sink)
            throws ExtractionException {
        checkParameters(parameters);
        sink.document(workbench.work(source, description::of));
    }
}
