package dev.waybill.extraction.sandbox;

import dev.waybill.extraction.Extractor;
import dev.waybill.platform.storage.LocalDisk;
import java.time.Duration;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** The built-in extractors, wired as in the application. */
public final class Extraction {

    static final ExtractionProperties LIMITS = new ExtractionProperties(
            Duration.ofSeconds(60), DataSize.ofMegabytes(64), 50_000_000, 4, DataSize.ofMegabytes(256));
    static final ScratchSpace SCRATCH = new ScratchSpace(new LocalDisk());

    /** Shared by all tests of this JVM, whatever their limits: starting one takes a second. */
    static final ChildProcesses CHILDREN = new ChildProcesses(SCRATCH, LIMITS.memory());

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            CHILDREN.destroy();
            SCRATCH.close();
        }));
    }

    final ProcessFileOpener opener;
    public final Extractor metadata;
    public final Extractor text;
    public final Extractor image;
    public final Extractor multimodal;

    Extraction(ExtractionProperties limits) {
        this(limits, SCRATCH);
    }

    Extraction(ExtractionProperties limits, ScratchSpace scratch) {
        this.opener = new ProcessFileOpener(limits, scratch, CHILDREN);
        BuiltInExtractors extractors = new BuiltInExtractors(limits, opener);
        this.metadata = extractors.metadataExtractor();
        this.text = extractors.textExtractor();
        this.image = extractors.imageExtractor();
        this.multimodal = extractors.multimodalExtractor();
    }

    public static Extraction standard() {
        return new Extraction(LIMITS);
    }

    static Extraction in(Duration time) {
        return new Extraction(new ExtractionProperties(
                time, LIMITS.maxFileSize(), LIMITS.maxPixels(), LIMITS.parallelism(), LIMITS.memory()));
    }

    /** Of files up to that size, and pictures of so many pixels. */
    static Extraction upTo(DataSize size, int pixels) {
        return new Extraction(
                new ExtractionProperties(LIMITS.timeout(), size, pixels, LIMITS.parallelism(), LIMITS.memory()));
    }

    public List<Extractor> all() {
        return List.of(metadata, text, image, multimodal);
    }
}
