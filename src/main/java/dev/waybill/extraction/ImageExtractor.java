package dev.waybill.extraction;

import java.util.Map;
import org.springframework.stereotype.Component;

/** What can be seen in an image: one document with its size, hash and colours, and a thumbnail in storage. */
@Component
class ImageExtractor implements Extractor {

    private final Workbench workbench;
    private final PictureReader reader;

    ImageExtractor(Workbench workbench, PictureReader reader) {
        this.workbench = workbench;
        this.reader = reader;
    }

    @Override
    public String name() {
        return "image_extractor";
    }

    @Override
    public boolean takes(String mediaType) {
        return reader.reads(TypeDetection.bare(mediaType));
    }

    @Override
    public void checkParameters(Map<String, Object> parameters) {
        Parameters.read(parameters, ImageFeatures.Settings::read);
    }

    @Override
    public void extract(ExtractionSource source, Map<String, Object> parameters, ExtractionSink sink)
            throws ExtractionException {
        ImageFeatures.Settings settings = Parameters.read(parameters, ImageFeatures.Settings::read);
        ImageFeatures features = workbench.work(source, file -> ImageFeatures.of(reader.read(file), settings));
        sink.document(features.keep(sink));
    }
}
