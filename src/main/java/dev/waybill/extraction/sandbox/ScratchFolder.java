package dev.waybill.extraction.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** A folder of {@link ScratchSpace}; closing removes it. */
record ScratchFolder(Path path) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScratchFolder.class);

    /** How many bytes its files have; another process may be writing, and removing, them. */
    long size() {
        try (Stream<Path> files = Files.walk(path)) {
            return files.mapToLong(ScratchFolder::size).sum();
        } catch (IOException | UncheckedIOException e) {
            // One was removed while it was read.
            return 0;
        }
    }

    private static long size(Path path) {
        try {
            return Files.isRegularFile(path) ? Files.size(path) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Removes the files, but one; directories stay, as their creators may still use them. */
    void empty(Path except) {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.equals(except)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} could not be emptied", path, e);
        }
    }

    @Override
    public void close() {
        try {
            FileSystemUtils.deleteRecursively(path);
        } catch (NoSuchFileException e) {
            LOG.debug("{} is removed concurrently", path);
        } catch (IOException e) {
            LOG.warn("{} could not be removed", path, e);
        }
    }
}
