package dev.waybill.extraction.sandbox;

import dev.waybill.extraction.ExtractionException;
import dev.waybill.extraction.ExtractionSink;
import dev.waybill.extraction.FileExtractor;
import dev.waybill.extraction.FileExtractors;
import dev.waybill.extraction.SpooledFile;
import dev.waybill.extraction.TypeDetection;
import dev.waybill.extraction.sandbox.Frame.Attachment;
import dev.waybill.extraction.sandbox.Frame.Order;
import dev.waybill.extraction.sandbox.Frame.Refusal;
import dev.waybill.platform.storage.StorageException;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Main class of a child process, which opens users' files so that the service does not: one after the other, as
 * {@link Frame}s on its standard input request, with answers on its standard output. It ends with the service, whose
 * end it sees as that of its input; after {@link #IDLE} without work; and when its memory is used up, as the JVM is
 * configured to.
 */
public final class ChildMain {

    /** After this time without a file it ends by itself. */
    static final Duration IDLE = Duration.ofMinutes(1);

    private static final int MAX_TRACE = 8_000;
    private static final int MAX_NAMES = 1_000;
    private static final TypeDetection DETECTION = new TypeDetection();

    private final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();
    private final DataOutputStream answers;

    private ChildMain(OutputStream answers) {
        this.answers = new DataOutputStream(new BufferedOutputStream(answers));
    }

    /** Works until the service has ended. No arguments. */
    public static void main(String[] arguments) throws IOException {
        ChildMain child = new ChildMain(new FileOutputStream(FileDescriptor.out));
        // What parsers print must not get between the answers, nor fill a disk.
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
        preferForOomKiller();
        Thread.ofPlatform().name("reader").start(child::work);
        child.receive(new DataInputStream(new FileInputStream(FileDescriptor.in)));
    }

    /**
     * A container without memory left loses a process: this one, and not the service, if the system can be configured
     * so.
     */
    private static void preferForOomKiller() {
        try {
            Files.writeString(Path.of("/proc/self/oom_score_adj"), "1000");
        } catch (IOException e) {
            // Not every system has it.
        }
    }

    /** On a thread of its own, so that the service's end is noticed in the middle of a file too. */
    private void receive(DataInputStream in) {
        try {
            for (Frame next = Frame.read(in); next != null; next = Frame.read(in)) {
                received.add(next);
            }
        } catch (IOException e) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(0);
    }

    private void work() {
        try {
            answer(Frame.of(Frame.Kind.READY));
            for (Frame order = next(); order != null; order = next()) {
                answer(open(order.json(Order.class)));
            }
            Runtime.getRuntime().halt(0);
        } catch (Throwable e) {
            // The pipe is closed, or the two have different versions.
            Runtime.getRuntime().halt(1);
        }
    }

    private @Nullable Frame next() throws InterruptedException {
        return received.poll(IDLE.toSeconds(), TimeUnit.SECONDS);
    }

    private Frame open(Order order) {
        Optional<FileExtractor> extractor = find(order);
        if (extractor.isEmpty()) {
            return Frame.of(Frame.Kind.BROKEN, "no extractor is called " + order.extractor());
        }
        try {
            Path path = Path.of(order.path());
            SpooledFile file = DETECTION.detect(path, order.mediaType());
            extractor.get().extract(file, order.parameters(), new Answers());
            return Frame.of(Frame.Kind.DONE);
        } catch (Throwable failure) {
            // Errors too: what a file does to the stack is that file's failure. The heap's end is not caught.
            return refused(failure, order);
        }
    }

    private static Frame refused(Throwable failure, Order order) {
        try {
            ExtractionException refusal = ExtractionFailures.toException(failure, order.mediaType());
            return Frame.ofJson(Frame.Kind.REFUSED, new Refusal(refusal.kind(), refusal.getMessage()));
        } catch (StorageException full) {
            return Frame.of(Frame.Kind.FULL);
        } catch (IllegalStateException accident) {
            StringWriter trace = new StringWriter();
            accident.printStackTrace(new PrintWriter(trace));
            return Frame.of(Frame.Kind.BROKEN, StringUtils.truncate(trace.toString(), MAX_TRACE));
        }
    }

    private static Optional<FileExtractor> find(Order order) {
        Stream<FileExtractor> others =
                StreamSupport.stream(ServiceLoader.load(FileExtractor.class).spliterator(), false);
        return Stream.concat(FileExtractors.builtIn(order.maxPixels()).all().stream(), others)
                .filter(extractor -> extractor.name().equals(order.extractor()))
                .findFirst();
    }

    private void answer(Frame frame) throws IOException {
        frame.write(answers);
    }

    /** Sends what an extractor makes. */
    private final class Answers implements ExtractionSink {

        @Override
        public void document(Map<String, Object> fields) {
            Frame document = Frame.ofJson(Frame.Kind.DOCUMENT, fields);
            requireFrameSize(document.body().length);
            send(document);
        }

        @Override
        public String store(String name, String contentType, byte[] bytes) {
            requireFrameSize(bytes.length + MAX_NAMES);
            send(Frame.of(new Attachment(name, contentType, bytes)));
            try {
                return received.take().text();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts this thread", e);
            }
        }

        private static void requireFrameSize(int length) {
            if (length > Frame.MAX_BODY) {
                throw new IllegalStateException(new ExtractionException(
                        ExtractionException.Kind.TOO_MUCH, "More than 20 MB are made of the file in one piece", null));
            }
        }

        private void send(Frame frame) {
            try {
                answer(frame);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
