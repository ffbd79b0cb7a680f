package dev.waybill.extraction;

import java.util.List;

/** The built-in extractors of files, put together. */
public record FileExtractors(
        FileExtractor metadata, FileExtractor text, FileExtractor image, FileExtractor multimodal) {

    /** @param maxPixels images of more are not decoded */
    public static FileExtractors builtIn(int maxPixels) {
        DocumentReader documents = new DocumentReader();
        FileDescription description = new FileDescription(documents);
        ImageDecoder pictures = new ImageDecoder(maxPixels);
        return new FileExtractors(
                new MetadataExtractor(description),
                new TextExtractor(documents),
                new ImageExtractor(pictures),
                new MultimodalExtractor(description, documents, pictures));
    }

    public List<FileExtractor> all() {
        return List.of(metadata, text, image, multimodal);
    }
}
