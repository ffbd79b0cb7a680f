package dev.waybill.extraction;

import dev.waybill.extraction.ExtractionException.Kind;
import dev.waybill.extraction.Frame.Attachment;
import dev.waybill.extraction.Frame.Order;
import dev.waybill.extraction.Frame.Refusal;
import dev.waybill.platform.storage.StorageException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** One file that a child process reads, and what it says meanwhile. Time counts while the child is waited for. */
final class ChildSession {

    /** How it came to its end. */
    sealed interface Outcome {

        /** Everything there is was handed to the sink. */
        record Read() implements Outcome {}

        /**
         * Nothing can be made of the file.
         *
         * @param byChild whether the child said so, and has nothing to do now; else it went beyond a limit, and is not
         *     trusted any more
         */
        record Refused(ExtractionException why, boolean byChild) implements Outcome {}

        /** The child is gone. @param how in words that go into a sentence after the file's name */
        record Ended(String how) implements Outcome {}

        /** Whether the child can be given another file. */
        default boolean leavesItWell() {
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
     * Tells it to the child, and listens.
     *
     * @throws StorageException when the disk got full
     * @throws IllegalStateException when the extractor failed by itself, or the child says what nobody understands
     */
    Outcome about(Order order) throws InterruptedException {
        long spooled = folder.size();
        child.say(Frame.ofJson(Frame.Kind.OPEN, order));
        while (true) {
            Frame said = hear(spooled);
            if (said == null) {
                return silence(order);
            }
            if (answered > MAX_ANSWERS.toBytes()) {
                return tooMuch(order, "more than %d MB are made of it".formatted(MAX_ANSWERS.toMegabytes()));
            }
            Outcome outcome = take(said);
            if (outcome != null) {
                return outcome;
            }
        }
    }

    private @Nullable Frame hear(long spooled) throws InterruptedException {
        long start = System.nanoTime();
        Frame said = child.hear(left, () -> !wroteTooMuch(spooled));
        left = left.minusNanos(System.nanoTime() - start);
        answered += said == null ? 0 : said.body().length;
        return said;
    }

    /** Null while there is more to come. */
    private @Nullable Outcome take(Frame said) {
        switch (said.kind()) {
            case DOCUMENT -> sink.document(said.fields());
            case STORE -> {
                Attachment attachment = said.attachment();
                String key = sink.store(attachment.name(), attachment.contentType(), attachment.bytes());
                child.say(Frame.of(Frame.Kind.KEY, key));
            }
            case DONE -> {
                return new Outcome.Read();
            }
            case REFUSED -> {
                Refusal refusal = said.json(Refusal.class);
                return new Outcome.Refused(new ExtractionException(refusal.kind(), refusal.message(), null), true);
            }
            case BROKEN -> throw new IllegalStateException("an extractor failed by itself: " + said.text());
            case FULL -> throw new StorageException(StorageException.Kind.DISK_FULL, null);
            default -> throw new IllegalStateException("a child process has nothing to say of kind " + said.kind());
        }
        return null;
    }

    private Outcome silence(Order order) throws InterruptedException {
        if (wroteTooMuch) {
            return tooMuch(
                    order,
                    "reading it takes more than %d MB on disk"
                            .formatted(limits.maxFileSize().toMegabytes()));
        }
        if (!child.isOver()) {
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
