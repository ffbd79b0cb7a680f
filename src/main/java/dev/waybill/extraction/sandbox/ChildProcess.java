package dev.waybill.extraction.sandbox;

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

/** Handle of the service on a child process, see {@link ChildMain}. Used by one thread at a time. */
final class ChildProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    /** The file that its JVM writes errors into when it does not start, or crashes. */
    static final String ERROR_FILE = "complaints";

    private static final int POLL_MILLIS = 100;
    private static final int DEATH_SECONDS = 10;
    private static final int MAX_ERROR_OUTPUT = 1_000;

    private final Process process;
    private final ScratchFolder directory;
    private final Path errorFile;
    private final DataOutputStream requests;
    private final BlockingQueue<Frame> answers = new SynchronousQueue<>();
    private final Thread listener;
    private long idleSince = System.nanoTime();

    private ChildProcess(Process process, ScratchFolder directory, Path errorFile) {
        this.process = process;
        this.directory = directory;
        this.errorFile = errorFile;
        this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        // A platform thread: reading from a pipe holds on to the carrier of a virtual one.
        this.listener =
                Thread.ofPlatform().daemon().name("extraction-" + process.pid()).start(this::listen);
    }

    /**
     * Starts one; it sends {@link Frame.Kind#READY} when it has started.
     *
     * @param directory its own, empty
     * @throws IOException when there is no space on disk, no memory, or no more processes are allowed
     */
    static ChildProcess start(ProcessBuilder command, ScratchFolder directory) throws IOException {
        Path errorFile = directory.path().resolve(ERROR_FILE);
        return new ChildProcess(command.redirectError(errorFile.toFile()).start(), directory, errorFile);
    }

    private void listen() {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            for (Frame next = Frame.read(in); next != null; next = Frame.read(in)) {
                answers.put(next);
            }
        } catch (IOException e) {
            LOG.debug("Process {} ends in the middle of a frame, or sends a malformed one", pid(), e);
            process.destroyForcibly();
        } catch (InterruptedException e) {
            LOG.debug("The frames of process {} are not read any more", pid());
        }
    }

    /** Sends a frame. That it is not received is known from the missing answer. */
    void send(Frame frame) {
        try {
            frame.write(requests);
        } catch (IOException e) {
            LOG.debug("Process {} does not receive frames", process.pid(), e);
        }
    }

    /**
     * Its next frame; null when none comes in that time, it has ended, or need not go on.
     *
     * @param goesOn checked every {@value #POLL_MILLIS} ms while no frame comes
     */
    @Nullable
    Frame receive(Duration atMost, BooleanSupplier goesOn) throws InterruptedException {
        long start = System.nanoTime();
        Frame next = answers.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        while (next == null && !hasEnded() && System.nanoTime() - start < atMost.toNanos() && goesOn.getAsBoolean()) {
            next = answers.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        return next;
    }

    /** Whether no more frames will come. */
    boolean hasEnded() {
        return !listener.isAlive();
    }

    /** Whether it can be given a file; a little before it exits by itself it cannot. */
    boolean isFresh() {
        long idle = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - idleSince);
        return process.isAlive() && !hasEnded() && idle < ChildMain.IDLE.toSeconds() / 2;
    }

    /** Its file is done; removes what parsers left. */
    void reset() {
        directory.empty(errorFile);
        idleSince = System.nanoTime();
    }

    /** The directory of its temporary files. */
    ScratchFolder directory() {
        return directory;
    }

    /** Ends it at once, in the middle of whatever it does, waits until it is gone, and removes its files. */
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

    /** Its exit code; waits for its end, which {@link #hasEnded} announced. */
    int exitCode() throws InterruptedException {
        return process.waitFor(DEATH_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** What its JVM wrote to standard error, for the log. */
    String errorOutput() {
        try (InputStream in = Files.newInputStream(errorFile)) {
            return new String(in.readNBytes(MAX_ERROR_OUTPUT), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Its process id, for the log. */
    long pid() {
        return process.pid();
    }
}
