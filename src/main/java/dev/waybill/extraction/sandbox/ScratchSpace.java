package dev.waybill.extraction.sandbox;

import dev.waybill.extraction.ExtractionException;
import dev.waybill.extraction.ExtractionException.Kind;
import dev.waybill.extraction.ExtractionSource;
import dev.waybill.platform.storage.LocalDisk;
import dev.waybill.platform.storage.StorageException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Temporary directories for files that are being read. All of a process lie in one whose name contains its pid, so that
 * the next start removes what a killed one has left.
 */
@Component
class ScratchSpace {

    static final String PREFIX = "waybill-extraction-";

    /** Name of the file in its folder. */
    static final String SOURCE = "source";

    private static final Logger LOG = LoggerFactory.getLogger(ScratchSpace.class);
    private static final int BUFFER = 64 * 1024;
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-(\\d{1,18})-\\d+");

    /** Starts are computed from the time of booting, which moves when the clock is set. */
    private static final Duration SAME_START = Duration.ofMinutes(1);

    private final Path parent;
    private final LocalDisk disk;
    private final ProcessHandle process = ProcessHandle.current();
    private @Nullable Path own;

    @Autowired
    ScratchSpace(LocalDisk disk) {
        this(Path.of(System.getProperty("java.io.tmpdir")), disk);
    }

    ScratchSpace(Path parent, LocalDisk disk) {
        this.parent = parent;
        this.disk = disk;
    }

    /**
     * A new directory, which the caller removes.
     *
     * @throws StorageException when the disk is full
     */
    Path directory() throws IOException {
        try {
            return Files.createTempDirectory(own(), "file-");
        } catch (IOException failed) {
            StorageException full = LocalDisk.full(failed);
            if (full != null) {
                throw full;
            }
            throw failed;
        }
    }

    /**
     * Spools a source into a new folder, as {@link #SOURCE}.
     *
     * @param max larger ones are refused
     * @param time how long it may take
     * @throws ExtractionException when it is too large, too slow, or has no bytes
     * @throws StorageException when the disk is full
     * @throws UncheckedIOException when the source could not be read; on another attempt it may be
     */
    ScratchFolder spool(ExtractionSource source, DataSize max, Duration time) throws ExtractionException {
        if (source.sizeBytes() > max.toBytes()) {
            throw tooLarge(max);
        }
        boolean complete = false;
        ScratchFolder folder = null;
        try {
            folder = new ScratchFolder(directory());
            try (InputStream in = source.bytes().getInputStream();
                    OutputStream out =
                            disk.watched(Files.newOutputStream(folder.path().resolve(SOURCE)))) {
                copy(in, out, max, time);
            }
            complete = true;
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("the source could not be read", e);
        } finally {
            if (folder != null && !complete) {
                folder.close();
            }
        }
    }

    private static void copy(InputStream in, OutputStream out, DataSize max, Duration time)
            throws IOException, ExtractionException {
        long start = System.nanoTime();
        long size = 0;
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            size += read;
            if (size > max.toBytes()) {
                throw tooLarge(max);
            }
            if (System.nanoTime() - start > time.toNanos()) {
                throw new ExtractionException(
                        Kind.TOO_MUCH, "Getting the file took longer than %d s".formatted(time.toSeconds()), null);
            }
            out.write(buffer, 0, read);
        }
        if (size == 0) {
            throw empty();
        }
    }

    static ExtractionException empty() {
        return new ExtractionException(Kind.EMPTY, "The file has no bytes", null);
    }

    private static ExtractionException tooLarge(DataSize max) {
        return new ExtractionException(
                Kind.TOO_MUCH, "The file is larger than %d MB".formatted(max.toMegabytes()), null);
    }

    /** The directory of this process; created again if a cleanup removed it. */
    private synchronized Path own() throws IOException {
        if (own == null || !Files.isDirectory(own)) {
            own = Files.createTempDirectory(parent, PREFIX + process.pid() + "-" + start(process) + "-");
        }
        return own;
    }

    /** Removes the directories of processes that have ended. */
    @PostConstruct
    void removeLeftovers() {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path directory : found) {
                if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && isDead(directory)) {
                    new ScratchFolder(directory).close();
                }
            }
        } catch (IOException e) {
            LOG.warn("Directories left by earlier processes in {} could not be listed", parent, e);
        }
    }

    @PreDestroy
    synchronized void close() {
        if (own != null) {
            new ScratchFolder(own).close();
        }
    }

    private boolean isDead(Path directory) {
        Matcher name = NAME.matcher(directory.getFileName().toString());
        if (!name.matches()) {
            return false;
        }
        long pid = Long.parseLong(name.group(1));
        long started = Long.parseLong(name.group(2));
        if (pid == process.pid()) {
            // In a container the pid is always the same, and the last start may have been a second ago.
            return started != start(process);
        }
        return ProcessHandle.of(pid)
                .map(other -> !other.isAlive() || start(other) - started > SAME_START.toMillis())
                .orElse(true);
    }

    /** In milliseconds; 0 where the system does not report it. */
    private static long start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
