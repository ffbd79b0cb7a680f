package dev.waybill.extraction;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that opens files, see {@link ChildMain}, as the service sees it. Talked to by one thread at a time. */
final class ChildProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    /** The file that its JVM writes into when it does not start, or gives up. */
    static final String COMPLAINTS = "complaints";

    private static final int GLANCE_MILLIS = 100;
    private static final int DEATH_SECONDS = 10;
    private static final int MAX_COMPLAINT = 1_000;

    private final Process process;
    private final ScratchFolder directory;
    private final Path complaints;
    private final DataOutputStream orders;
    private final BlockingQueue<Frame> answers = new SynchronousQueue<>();
    private final Thread listener;
    private long idleSince = System.nanoTime();

    private ChildProcess(Process process, ScratchFolder directory, Path complaints) {
        this.process = process;
        this.directory = directory;
        this.complaints = complaints;
        this.orders = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        // A platform thread: reading from a pipe holds on to the carrier of a virtual one.
        this.listener =
                Thread.ofPlatform().daemon().name("extraction-" + process.pid()).start(this::listen);
    }

    /**
     * Starts one; it says {@link Frame.Kind#READY} when it is there.
     *
     * @param directory its own, empty
     * @throws IOException when there is no room on disk, no memory, or no more processes are allowed
     */
    static ChildProcess start(ProcessBuilder command, ScratchFolder directory) throws IOException {
        Path complaints = directory.path().resolve(COMPLAINTS);
        return new ChildProcess(command.redirectError(complaints.toFile()).start(), directory, complaints);
    }

    private void listen() {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            for (Frame next = Frame.read(in); next != null; next = Frame.read(in)) {
                answers.put(next);
            }
        } catch (IOException e) {
            LOG.debug("Process {} ends in the middle of a sentence, or says what nobody understands", pid(), e);
            process.destroyForcibly();
        } catch (InterruptedException e) {
            LOG.debug("Nobody listens to process {} any more", pid());
        }
    }

    /** Says something. That nobody hears it is known from the answer that does not come. */
    void say(Frame frame) {
        try {
            frame.write(orders);
        } catch (IOException e) {
            LOG.debug("Process {} does not listen", process.pid(), e);
        }
    }

    /**
     * Its next words; null when there are none in that time, it has ended, or need not go on.
     *
     * @param goesOn asked every {@value #GLANCE_MILLIS} ms while it says nothing
     */
    @Nullable
    Frame hear(Duration atMost, BooleanSupplier goesOn) throws InterruptedException {
        long start = System.nanoTime();
        Frame next = answers.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        while (next == null && !isOver() && System.nanoTime() - start < atMost.toNanos() && goesOn.getAsBoolean()) {
            next = answers.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return next;
    }

    /** Whether nothing more will be heard of it. */
    boolean isOver() {
        return !listener.isAlive();
    }

    /** Whether it can be given a file; a little before it goes by itself it cannot. */
    boolean isFresh() {
        long idle = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - idleSince);
        return process.isAlive() && !isOver() && idle < ChildMain.IDLE.toSeconds() / 2;
    }

    /** Its file is done; what parsers forgot to remove goes. */
    void rest() {
        directory.empty(complaints);
        idleSince = System.nanoTime();
    }

    /** Where it puts down what it needs to. */
    ScratchFolder directory() {
        return directory;
    }

    /** Ends it at once, in the middle of whatever it does, waits until it is gone, and removes what it put down. */
    @Override
    public void close() {
        process.destroyForcibly();
        listener.interrupt();
        try {
            process.waitFor(DEATH_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        directory.close();
    }

    /** What it returned; waits for its end, which {@link #isOver} announced. */
    int exitCode() throws InterruptedException {
        return process.waitFor(DEATH_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** What its JVM complained of, for the log. */
    String complaint() {
        try (InputStream in = Files.newInputStream(complaints)) {
            return new String(in.readNBytes(MAX_COMPLAINT), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Its number, for the log. */
    long pid() {
        return process.pid();
    }
}
