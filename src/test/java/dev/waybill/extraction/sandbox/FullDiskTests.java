package dev.waybill.extraction.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.extraction.CollectingSink;
import dev.waybill.extraction.ExtractionException;
import dev.waybill.extraction.ExtractionSource;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.storage.LocalDisk;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.testing.FullDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk gets full while a file is spooled. */
class FullDiskTests {

    @Test
    void aFullDiskIsNotTheFilesFault(@TempDir Path folder) throws Exception {
        assertReportedAsFull(folder, FullDisk.after(1 << 20));
    }

    /** As the system itself reports it, on a file system of one megabyte. */
    @Test
    void theSystemsOwnDisk(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString()),
                "only a superuser of Linux may mount a tmpfs");
        try {
            assertReportedAsFull(folder, new LocalDisk());
        } finally {
            assertThat(run("umount", folder.toString())).isTrue();
        }
    }

    private static void assertReportedAsFull(Path folder, LocalDisk disk) throws Exception {
        byte[] text = "freight ".repeat(1 << 18).getBytes(US_ASCII);
        ScratchSpace scratch = new ScratchSpace(folder, disk);
        Extraction extraction = new Extraction(Extraction.LIMITS, scratch);

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> read(extraction, text))
                .matches(full -> full.code() == ErrorCode.LOCAL_DISK_FULL);

        try (Stream<Path> own = Files.walk(folder)) {
            assertThat(own.filter(Files::isRegularFile)).isEmpty();
        }
        read(extraction, "freight".getBytes(US_ASCII));
        scratch.close();
    }

    private static void read(Extraction extraction, byte[] text) throws ExtractionException {
        extraction.text.extract(
                new ExtractionSource("a.txt", "text/plain", text.length, () -> new ByteArrayInputStream(text)),
                Map.of(),
                new CollectingSink());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
