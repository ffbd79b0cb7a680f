package dev.waybill.extraction.sandbox;

import dev.waybill.extraction.ExtractionException;
import dev.waybill.extraction.ExtractionException.Kind;
import dev.waybill.extraction.ExtractionSink;
import dev.waybill.extraction.sandbox.Frame.Attachment;
import dev.waybill.extraction.sandbox.Frame.Order;
import dev.waybill.extraction.sandbox.Frame.Refusal;
import dev.waybill.platform.storage.StorageException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * One file that a child process reads, and the frames exchanged meanwhile. Time counts while the child is waited for.
 */
final class ChildSession {

    /** Outcome of the reading. */
    sealed interface Outcome {

        /** Everything was passed to the sink. */
        record Read() implements Outcome {}

        /**
         * Nothing can be made of the file.
         *
         * @param byChild whether the child reported it, and is idle now; else it went beyond a limit, and is not
         *     trusted any more
         */
        record Refused(ExtractionException why, boolean byChild) implements Outcome {}

        /**
         * The child ended.
         *
         * @param how as part of a sentence after the file's name
         */
        record Ended(String how) implements Outcome {}

        /** Whether the child can be given another file. */
        default boolean isReusable() {
            return this instanceof Read || this instanceof Refused refused && refused.byChild();
        }
    }

    /** What a child may answer for one file in all: several times what the longest text makes, cut with overlaps. */
    private static final DataSize MAX_ANSWERS = DataSize.ofMegabytes(256);

    private final ChildProcess child;
    private final ScratchFolder folder;
    private final ExtractionProperties limits;
    private final ExtractionSink sink;
    private Duration left;
    private long answered;
    private boolean wroteTooMuch;

    /** @param folder where the file lies, and nothing else */
    ChildSession(ChildProcess child, ScratchFolder folder, ExtractionProperties limits, ExtractionSink sink) {
        this.child = child;
        this.folder = folder;
        this.limits = limits;
        this.sink = sink;
        this.left = limits.timeout();
    }

    /**
     * Sends the file to the child, and receives its answers.
     *
     * @throws StorageException when the disk got full
     * @throws IllegalStateException when the extractor failed by itself, or the child sends an unexpected frame
     */
    Outcome run(Order order) throws InterruptedException {
        long spooled = folder.size();
        child.send(Frame.ofJson(Frame.Kind.OPEN, order));
        while (true) {
            Frame frame = receive(spooled);
            if (frame == null) {
                return withoutAnswer(order);
            }
            if (answered > MAX_ANSWERS.toBytes()) {
                return tooMuch(order, "more than %d MB are made of it".formatted(MAX_ANSWERS.toMegabytes()));
            }
            Outcome outcome = handle(frame);
            if (outcome != null) {
                return outcome;
            }
        }
    }

    private @Nullable Frame receive(long spooled) throws InterruptedException {
        long start = System.nanoTime();
        Frame frame = child.receive(left, () -> !wroteTooMuch(spooled));
        left = left.minusNanos(System.nanoTime() - start);
        answered += frame == null ? 0 : frame.body().length;
        return frame;
    }

    /** Handles a frame; null while there is more to come. */
    private @Nullable Outcome handle(Frame frame) {
        switch (frame.kind()) {
            case DOCUMENT -> sink.document(frame.fields());
            case STORE -> {
                Attachment attachment = frame.attachment();
                String key = sink.store(attachment.name(), attachment.contentType(), attachment.bytes());
                child.send(Frame.of(Frame.Kind.KEY, key));
            }
            case DONE -> {
                return new Outcome.Read();
            }
            case REFUSED -> {
                Refusal refusal = frame.json(Refusal.class);
                return new Outcome.Refused(new ExtractionException(refusal.kind(), refusal.message(), null), true);
            }
            case BROKEN -> throw new IllegalStateException("an extractor failed by itself: " + frame.text());
            case FULL -> throw new StorageException(StorageException.Kind.DISK_FULL, null);
            default ->
                throw new IllegalStateException("a child process sent an unexpected frame of kind " + frame.kind());
        }
        return null;
    }

    private Outcome withoutAnswer(Order order) throws InterruptedException {
        if (wroteTooMuch) {
            return tooMuch(
                    order,
                    "reading it takes more than %d MB on disk"
                            .formatted(limits.maxFileSize().toMegabytes()));
        }
        if (!child.hasEnded()) {
            return tooMuch(
                    order, "it took longer than %d s".formatted(limits.timeout().toSeconds()));
        }
        int code = child.exitCode();
        return new Outcome.Ended(
                code == ChildCommand.OUT_OF_MEMORY
                        ? "the process that reads it ran out of memory (%d MB)"
                                .formatted(limits.memory().toMegabytes())
                        : "the process that reads it ended unexpectedly (exit code %d)".formatted(code));
    }

    private static Outcome tooMuch(Order order, String what) {
        return new Outcome.Refused(
                new ExtractionException(
                        Kind.TOO_MUCH, "'%s' cannot be read: %s".formatted(order.filename(), what), null),
                false);
    }

    private boolean wroteTooMuch(long spooled) {
        long written = folder.size() - spooled + child.directory().size();
        wroteTooMuch = wroteTooMuch || written > limits.maxFileSize().toBytes();
        return wroteTooMuch;
    }
}
