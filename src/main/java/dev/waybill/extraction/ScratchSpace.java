package dev.waybill.extraction;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
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
import org.springframework.util.FileSystemUtils;

/**
 * Directories for files that are worked on. All of a process lie in one whose name tells the process, so that the next
 * start removes what one that was killed has left.
 */
@Component
class ScratchSpace {

    static final String PREFIX = "waybill-extraction-";

    private static final Logger LOG = LoggerFactory.getLogger(ScratchSpace.class);
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-(\\d{1,18})-\\d+");

    /** Starts are computed from the time of booting, which moves when the clock is set. */
    private static final Duration SAME_START = Duration.ofMinutes(1);

    private final Path parent;
    private final ProcessHandle process = ProcessHandle.current();
    private @Nullable Path own;

    @Autowired
    ScratchSpace() {
        this(Path.of(System.getProperty("java.io.tmpdir")));
    }

    ScratchSpace(Path parent) {
        this.parent = parent;
    }

    /** A new directory, which whoever asks for it removes. */
    Path directory() throws IOException {
        return Files.createTempDirectory(own(), "file-");
    }

    /** What lasts as long as the process; made anew if somebody who cleans up took it away. */
    private synchronized Path own() throws IOException {
        if (own == null || !Files.isDirectory(own)) {
            own = Files.createTempDirectory(parent, PREFIX + process.pid() + "-" + start(process) + "-");
        }
        return own;
    }

    /** Removes the directories of processes that have ended. */
    @PostConstruct
    void removeThoseOfTheDead() {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path directory : found) {
                if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && isDead(directory)) {
                    tryRemove(directory);
                }
            }
        } catch (IOException e) {
            LOG.warn("What processes before this one left in {} could not be looked for", parent, e);
        }
    }

    @PreDestroy
    synchronized void close() {
        if (own != null) {
            tryRemove(own);
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
            // In a container it is always the same number, and the last start may have been a second ago.
            return started != start(process);
        }
        return ProcessHandle.of(pid)
                .map(other -> !other.isAlive() || start(other) - started > SAME_START.toMillis())
                .orElse(true);
    }

    /** In milliseconds; 0 where the system does not tell. */
    private static long start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static void tryRemove(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (NoSuchFileException e) {
            LOG.debug("Somebody else removes {}", directory);
        } catch (IOException e) {
            LOG.warn("{} could not be removed", directory, e);
        }
    }
}
