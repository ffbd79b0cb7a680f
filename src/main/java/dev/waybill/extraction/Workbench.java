package dev.waybill.extraction;

import dev.waybill.extraction.ExtractionException.Kind;
import dev.waybill.platform.storage.LocalDisk;
import dev.waybill.platform.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.function.ThrowingFunction;

/**
 * Where strangers' files are taken apart: on a thread and in a directory of their own, within limits of time and size.
 * A parser that neither reads, writes nor listens once its time is over is left behind on a daemon thread; whoever waited
 * for it gets an answer all the same. It keeps its place until it ends, so there are never more threads than places.
 */
@Component
class Workbench {

    private static final Logger LOG = LoggerFactory.getLogger(Workbench.class);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int BUFFER = 64 * 1024;

    private final ScratchSpace scratch;
    private final LocalDisk disk;
    private final ExtractionProperties limits;
    private final TypeDetection detection = new TypeDetection();
    private final Semaphore places;
    private final Set<Deadline> busy = ConcurrentHashMap.newKeySet();

    Workbench(ExtractionProperties limits, ScratchSpace scratch, LocalDisk disk) {
        this.scratch = scratch;
        this.disk = disk;
        this.limits = limits;
        this.places = new Semaphore(limits.parallelism(), true);
    }

    /**
     * Works on a source.
     *
     * @param work on a thread that may be given up; any failure is taken for the file's, and sorted by {@link Failures}
     * @throws ExtractionException when the file is at fault
     * @throws StorageException when this machine's disk is full
     * @throws UncheckedIOException when the source could not be read; another time it may be
     */
    <T> T work(ExtractionSource source, ThrowingFunction<SpooledFile, T> work) throws ExtractionException {
        if (source.sizeBytes() == 0) {
            throw empty();
        }
        takePlace();
        Running<T> running;
        try {
            running = start(source, work);
        } catch (Throwable e) {
            places.release();
            throw e;
        }
        return await(running, source);
    }

    private void takePlace() {
        try {
            while (!places.tryAcquire(limits.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                if (busy.size() >= limits.parallelism() && busy.stream().allMatch(until -> until.isOverBy(GRACE))) {
                    throw new IllegalStateException("all places are taken by parsers that do not stop");
                }
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private <T> T await(Running<T> running, ExtractionSource source) throws ExtractionException {
        try {
            return running.task().get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            stop(running.thread(), source);
            throw new ExtractionException(
                    Kind.TOO_MUCH,
                    "Reading the file took longer than %d s"
                            .formatted(limits.timeout().toSeconds()),
                    e);
        } catch (InterruptedException e) {
            running.thread().interrupt();
            throw interrupted();
        } catch (ExecutionException e) {
            throw rethrow(e);
        }
    }

    /** On a platform thread: parsers recurse, and many hold monitors while they read. */
    private <T> Running<T> start(ExtractionSource source, ThrowingFunction<SpooledFile, T> work) {
        Deadline deadline = Deadline.in(limits.timeout());
        FutureTask<T> task = new FutureTask<>(() -> workInDirectory(source, work, deadline));
        Thread thread = Thread.ofPlatform().daemon().name("extraction").unstarted(() -> {
            try {
                task.run();
            } finally {
                busy.remove(deadline);
                places.release();
            }
        });
        Running<T> running = new Running<>(thread, task);
        busy.add(deadline);
        try {
            thread.start();
        } catch (Throwable e) {
            busy.remove(deadline);
            throw e;
        }
        return running;
    }

    private static ExtractionException rethrow(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof ExtractionException ours) {
            return ours;
        }
        StorageException full = LocalDisk.full(failure);
        if (full != null) {
            throw full;
        }
        if (cause instanceof RuntimeException accident) {
            throw accident;
        }
        throw new IllegalStateException("extraction failed by itself", cause);
    }

    private static void stop(Thread thread, ExtractionSource source) {
        thread.interrupt();
        try {
            if (!thread.join(GRACE)) {
                LOG.warn(
                        "A parser does not stop; left behind with a {} of {} bytes",
                        source.mediaType(),
                        source.sizeBytes());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T workInDirectory(ExtractionSource source, ThrowingFunction<SpooledFile, T> work, Deadline deadline)
            throws ExtractionException, IOException {
        Path directory = scratch.directory();
        try {
            Path path = directory.resolve("source");
            long size = spool(source, path, deadline);
            try {
                String type = detection.detect(path, source.filename(), source.mediaType());
                return work.applyWithException(new SpooledFile(path, type, size, deadline));
            } catch (Throwable failure) {
                // Errors too: what a file does to the stack or the heap ends here, and not the worker.
                throw Failures.sort(failure, source.mediaType());
            }
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    private long spool(ExtractionSource source, Path path, Deadline deadline) throws ExtractionException {
        long max = limits.maxFileSize().toBytes();
        if (source.sizeBytes() > max) {
            throw tooLarge();
        }
        long size = 0;
        try (InputStream in = source.bytes().getInputStream();
                OutputStream out = disk.watched(Files.newOutputStream(path))) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > max) {
                    throw tooLarge();
                }
                deadline.check();
                out.write(buffer, 0, read);
            }
        } catch (Deadline.Passed e) {
            throw Failures.tooLong(e);
        } catch (IOException e) {
            throw new UncheckedIOException("the source could not be read", e);
        }
        if (size == 0) {
            throw empty();
        }
        return size;
    }

    private ExtractionException tooLarge() {
        return new ExtractionException(
                Kind.TOO_MUCH,
                "The file is larger than %d MB".formatted(limits.maxFileSize().toMegabytes()),
                null);
    }

    private static ExtractionException empty() {
        return new ExtractionException(Kind.EMPTY, "The file has no bytes", null);
    }

    private static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("extraction was interrupted");
    }

    private record Running<T>(Thread thread, FutureTask<T> task) {}
}
