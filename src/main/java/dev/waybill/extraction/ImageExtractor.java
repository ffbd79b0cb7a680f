package dev.waybill.extraction;

import java.util.Map;

/** Extracts visual features of an image: one document with its size, hash and colours, and a thumbnail in storage. */
final class ImageExtractor implements FileExtractor {

    private final ImageDecoder reader;

    ImageExtractor(ImageDecoder reader) {
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
    public void extract(SpooledFile file, Map<String, Object> parameters, ExtractionSink sink) throws Exception {
        ImageFeatures.Settings settings = Parameters.read(parameters, ImageFeatures.Settings::read);
        sink.document(ImageFeatures.of(reader.read(file), settings).store(sink));
    }
}
