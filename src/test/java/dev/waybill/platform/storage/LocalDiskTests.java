package dev.waybill.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.waybill.platform.errors.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class LocalDiskTests {

    private static final Path FULL = Path.of("/dev/full");

    private final LocalDisk disk = new LocalDisk();

    @Test
    void whatTheSystemSaysIsUnderstood() {
        IOException full = new IOException("No space left on device");
        assertThat(LocalDisk.full(full)).isNotNull();
        assertThat(LocalDisk.full(new FileSystemException("/tmp/x", null, "No space left on device")))
                .isNotNull();
        assertThat(LocalDisk.full(new IllegalStateException(new UncheckedIOException(full))))
                .isNotNull();
        StorageException known = new StorageException(StorageException.Kind.DISK_FULL, full);
        assertThat(LocalDisk.full(new RuntimeException(known))).isSameAs(known);
        assertThat(known.passes()).isTrue();
        assertThat(known.code()).isEqualTo(ErrorCode.LOCAL_DISK_FULL);
    }

    @Test
    void whatIsSomethingElseIsNotTaken() {
        assertThat(LocalDisk.full(new IOException("Bad chunk header: No space left on device")))
                .isNull();
        assertThat(LocalDisk.full(new IllegalStateException("No space left on device")))
                .isNull();
        assertThat(LocalDisk.full(new IOException())).isNull();
        assertThat(LocalDisk.full(new StorageException(StorageException.Kind.UNAVAILABLE, null)))
                .isNull();
        assertThatIOException()
                .isThrownBy(() -> disk.watched(failing("Input/output error")).write(1))
                .withMessage("Input/output error");
    }

    @Test
    void whatIsWrittenIsThere() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (OutputStream watched = disk.watched(file)) {
            watched.write('a');
            watched.write("bcd".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 1, 2);
        }
        assertThat(file.toString(java.nio.charset.StandardCharsets.US_ASCII)).isEqualTo("acd");
    }

    /** Linux has a device that is always full. */
    @Test
    void theSystemsOwnWordsAreKnown() throws IOException {
        Assumptions.assumeTrue(Files.isWritable(FULL), "there is no /dev/full here");
        try (OutputStream file = disk.watched(Files.newOutputStream(FULL))) {
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> file.write(new byte[10]))
                    .matches(failure -> failure.kind() == StorageException.Kind.DISK_FULL);
        }
    }

    private static OutputStream failing(String words) {
        return new OutputStream() {

            @Override
            public void write(int one) throws IOException {
                throw new IOException(words);
            }
        };
    }
}
