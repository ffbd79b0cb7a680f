package dev.waybill.extraction.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.storage.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchSpaceTests {

    @TempDir
    Path temporary;

    @Test
    void directoriesOfDeadProcessesAreRemovedAtTheNextStart() throws Exception {
        Process ended =
                new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-version").start();
        assertThat(ended.waitFor()).isNotNegative();
        Path left = left(ended.pid(), 1_700_000_000_000L);
        Path leftByTheSameNumber = left(ProcessHandle.current().pid(), 1_700_000_000_000L);
        Path foreign = Files.createDirectory(temporary.resolve("waybill-extraction-of-mine"));
        ScratchSpace scratch = new ScratchSpace(temporary, new LocalDisk());
        Path own = scratch.directory();

        new ScratchSpace(temporary, new LocalDisk()).removeLeftovers();

        assertThat(List.of(left, leftByTheSameNumber))
                .allSatisfy(directory -> assertThat(directory).doesNotExist());
        assertThat(List.of(foreign, own))
                .allSatisfy(directory -> assertThat(directory).exists());
    }

    @Test
    void directoriesOfLiveProcessesStay() throws Exception {
        ProcessHandle other = ProcessHandle.current().parent().orElseThrow();
        long start = other.info().startInstant().orElseThrow().toEpochMilli();
        Path alive = left(other.pid(), start);
        Path leftBeforeItsNumberWasGivenAgain = left(other.pid(), start - 3_600_000);

        new ScratchSpace(temporary, new LocalDisk()).removeLeftovers();

        assertThat(alive).exists();
        assertThat(leftBeforeItsNumberWasGivenAgain).doesNotExist();
    }

    @Test
    void everythingLiesInOneDirectoryThatIsRemovedWithTheProcess() throws Exception {
        ScratchSpace scratch = new ScratchSpace(temporary, new LocalDisk());
        Path one = scratch.directory();
        Path other = scratch.directory();
        Files.writeString(one.resolve("source"), "x");

        assertThat(other).isNotEqualTo(one).hasParent(one.getParent());
        assertThat(one.getParent()).hasParent(temporary);
        scratch.close();
        assertThat(temporary).isEmptyDirectory();
        assertThat(scratch.directory()).isEmptyDirectory();
    }

    private Path left(long pid, long start) throws IOException {
        Path directory =
                Files.createDirectory(temporary.resolve(ScratchSpace.PREFIX + pid + "-" + start + "-1234567890"));
        Path file = Files.createDirectory(directory.resolve("file-1"));
        Files.writeString(file.resolve("source"), "secret");
        return directory;
    }
}
