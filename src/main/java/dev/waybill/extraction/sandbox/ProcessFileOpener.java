package dev.waybill.extraction.sandbox;

import dev.waybill.extraction.ExtractionException;
import dev.waybill.extraction.ExtractionException.Kind;
import dev.waybill.extraction.ExtractionSink;
import dev.waybill.extraction.ExtractionSource;
import dev.waybill.extraction.FileExtractor;
import dev.waybill.extraction.sandbox.ChildSession.Outcome;
import dev.waybill.extraction.sandbox.Frame.Order;
import dev.waybill.platform.storage.StorageException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Opens untrusted files in child processes, within limits of memory, time and size: what a file does there ends the
 * child at worst. A file whose child ended is given to a second one, as the first may have been killed from outside.
 *
 * <p>Tika's fork parser and its pipes run Tika's own parsers and return its metadata, while thumbnails, chunks and most
 * descriptions here are made by none of these. Both also read serialized Java objects from the process that opened the
 * file, which would give a file that has compromised it a way into the service.
 */
@Component
class ProcessFileOpener {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessFileOpener.class);
    private static final int ATTEMPTS = 2;

    private final ExtractionProperties limits;
    private final ScratchSpace scratch;
    private final ChildProcesses children;
    private final Semaphore permits;

    ProcessFileOpener(ExtractionProperties limits, ScratchSpace scratch, ChildProcesses children) {
        this.limits = limits;
        this.scratch = scratch;
        this.children = children;
        this.permits = new Semaphore(limits.parallelism(), true);
    }

    /**
     * Opens a source, after waiting for a permit.
     *
     * @param extractor the name of a {@link FileExtractor}
     * @param sink gets what is made of it while it is read; its exceptions are passed on
     * @throws ExtractionException when the file is at fault, or is beyond the limits
     * @throws StorageException when this machine's disk is full
     * @throws UncheckedIOException when the source could not be read, or for lack of memory here; on another attempt it
     *     may be
     * @throws IllegalStateException when the extractor fails by itself
     */
    void open(String extractor, ExtractionSource source, Map<String, Object> parameters, ExtractionSink sink)
            throws ExtractionException {
        if (source.sizeBytes() == 0) {
            throw ScratchSpace.empty();
        }
        boolean acquired = false;
        try {
            permits.acquire();
            acquired = true;
            openWithPermit(extractor, source, parameters, new DeduplicatingSink(sink));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("extraction was interrupted");
        } finally {
            if (acquired) {
                permits.release();
            }
        }
    }

    private void openWithPermit(
            String extractor, ExtractionSource source, Map<String, Object> parameters, DeduplicatingSink sink)
            throws ExtractionException, InterruptedException {
        try (ScratchFolder folder = scratch.spool(source, limits.maxFileSize(), limits.timeout())) {
            Path file = folder.path().resolve(ScratchSpace.SOURCE);
            Order order = new Order(
                    extractor,
                    file.toAbsolutePath().toString(),
                    source.filename(),
                    source.mediaType(),
                    parameters,
                    limits.maxPixels());
            String ending = "";
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                sink.restart();
                switch (attempt(order, folder, sink)) {
                    case Outcome.Read read -> {
                        return;
                    }
                    case Outcome.Refused refused -> throw refused.why();
                    case Outcome.Ended ended -> ending = ended.how();
                }
            }
            throw new ExtractionException(
                    Kind.TOO_MUCH,
                    "'%s' cannot be read: %s; it was tried twice".formatted(source.filename(), ending),
                    null);
        }
    }

    private Outcome attempt(Order order, ScratchFolder folder, DeduplicatingSink sink) throws InterruptedException {
        ChildProcess child = children.acquire();
        Outcome outcome = null;
        try {
            outcome = new ChildSession(child, folder, limits, sink).run(order);
            if (outcome instanceof Outcome.Ended ended) {
                LOG.warn(
                        "Opening a {} of {}: {}. {}",
                        order.mediaType(),
                        order.extractor(),
                        ended.how(),
                        child.errorOutput());
            }
            return outcome;
        } finally {
            if (outcome != null && outcome.isReusable()) {
                children.release(child);
            } else {
                child.close();
            }
        }
    }
}
