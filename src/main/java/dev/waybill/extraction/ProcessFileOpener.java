package dev.waybill.extraction;

import dev.waybill.extraction.ChildSession.Outcome;
import dev.waybill.extraction.ExtractionException.Kind;
import dev.waybill.extraction.Frame.Order;
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
 * Has strangers' files opened in child processes, within limits of memory, time and size: what a file does there ends the
 * child at worst. A file whose child ended is given to a second one, as the first may have been ended by somebody else.
 *
 * <p>Tika's fork parser and its pipes run Tika's own parsers and hand back its metadata, while thumbnails, chunks and
 * most descriptions here are made by none of these. Both also read serialized Java objects from the process that opened
 * the file, which would give a file that has taken it over a way into the service.
 */
@Component
class ProcessFileOpener {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessFileOpener.class);
    private static final int TRIES = 2;

    private final ExtractionProperties limits;
    private final ScratchSpace scratch;
    private final ChildProcesses children;
    private final Semaphore places;

    ProcessFileOpener(ExtractionProperties limits, ScratchSpace scratch, ChildProcesses children) {
        this.limits = limits;
        this.scratch = scratch;
        this.children = children;
        this.places = new Semaphore(limits.parallelism(), true);
    }

    /**
     * Opens a source, and waits for its turn before.
     *
     * @param extractor the name of a {@link FileExtractor}
     * @param sink gets what is made of it while it is read; what it throws gets through
     * @throws ExtractionException when the file is at fault, or is beyond the limits
     * @throws StorageException when this machine's disk is full
     * @throws UncheckedIOException when the source could not be read, or for lack of memory here; another time it may be
     * @throws IllegalStateException when the extractor fails by itself
     */
    void open(String extractor, ExtractionSource source, Map<String, Object> parameters, ExtractionSink sink)
            throws ExtractionException {
        if (source.sizeBytes() == 0) {
            throw ScratchSpace.empty();
        }
        boolean placed = false;
        try {
            places.acquire();
            placed = true;
            openInPlace(extractor, source, parameters, new DeduplicatingSink(sink));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("extraction was interrupted");
        } finally {
            if (placed) {
                places.release();
            }
        }
    }

    private void openInPlace(
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
            for (int attempt = 1; attempt <= TRIES; attempt++) {
                sink.fromTheStart();
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
        ChildProcess child = children.take();
        Outcome outcome = null;
        try {
            outcome = new ChildSession(child, folder, limits, sink).about(order);
            if (outcome instanceof Outcome.Ended ended) {
                LOG.warn(
                        "Opening a {} of {}: {}. {}",
                        order.mediaType(),
                        order.extractor(),
                        ended.how(),
                        child.complaint());
            }
            return outcome;
        } finally {
            if (outcome != null && outcome.leavesItWell()) {
                children.giveBack(child);
            } else {
                child.close();
            }
        }
    }
}
