package dev.waybill.extraction;

import dev.waybill.platform.storage.LocalDisk;
import java.time.Duration;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** The built-in extractors, put together as the application does. */
final class Extraction {

    static final ExtractionProperties LIMITS =
            new ExtractionProperties(Duration.ofSeconds(60), DataSize.ofMegabytes(64), 50_000_000, 4);

    static final ScratchSpace SCRATCH = new ScratchSpace();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SCRATCH::close));
    }

    final Workbench workbench;
    final Extractor metadata;
    final Extractor text;
    final Extractor image;
    final Extractor multimodal;

    Extraction(ExtractionProperties limits) {
        this(limits, SCRATCH, new LocalDisk());
    }

    Extraction(ExtractionProperties limits, ScratchSpace scratch, LocalDisk disk) {
        this.workbench = new Workbench(limits, scratch, disk);
        DocumentReader documents = new DocumentReader();
        FileDescription description = new FileDescription(documents);
        PictureReader pictures = new PictureReader(limits);
        this.metadata = new MetadataExtractor(workbench, description);
        this.text = new TextExtractor(workbench, documents);
        this.image = new ImageExtractor(workbench, pictures);
        this.multimodal = new MultimodalExtractor(workbench, description, documents, pictures);
    }

    static Extraction standard() {
        return new Extraction(LIMITS);
    }

    static Extraction in(Duration time) {
        return new Extraction(
                new ExtractionProperties(time, LIMITS.maxFileSize(), LIMITS.maxPixels(), LIMITS.parallelism()));
    }

    List<Extractor> all() {
        return List.of(metadata, text, image, multimodal);
    }
}
