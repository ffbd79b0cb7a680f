package dev.waybill.platform.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Temporary files on this machine's own disk. That it is full is no fault of what was to be written, and passes: it is
 * reported as storage that is away is, and retried alike.
 */
@Component
public class LocalDisk {

    /**
     * How Linux, Linux with quotas, macOS and Windows say it. The JDK has no type for it, and passes their words on.
     */
    private static final Set<String> FULL = Set.of(
            "No space left on device",
            "Disk quota exceeded",
            "Disc quota exceeded",
            "There is not enough space on the disk");

    private static final int DEPTH = 20;

    /**
     * A new file in the folder for temporary files, which the caller removes.
     *
     * @throws StorageException {@link StorageException.Kind#DISK_FULL} when there is no room for one
     * @throws IOException when it cannot be made for another reason
     */
    public Path temporaryFile(String prefix) throws IOException {
        try {
            return Files.createTempFile(prefix, ".tmp");
        } catch (IOException failed) {
            throw mapped(failed);
        }
    }

    /**
     * The same file, where a write that finds no room throws {@link StorageException} of
     * {@link StorageException.Kind#DISK_FULL}; what else goes wrong is an {@link IOException} as before. Only what is
     * written through it is taken for the disk's fault, whatever words a source finds for its own.
     */
    public OutputStream watched(OutputStream file) {
        return new FilterOutputStream(file) {

            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                try {
                    out.write(bytes, from, length);
                } catch (IOException failed) {
                    throw mapped(failed);
                }
            }
        };
    }

    /** The failure as one of a full disk, if that is its cause, however deep; null when it is not. */
    public static @Nullable StorageException full(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < DEPTH && cause != null; i++, cause = cause.getCause()) {
            if (cause instanceof StorageException known && known.kind() == StorageException.Kind.DISK_FULL) {
                return known;
            }
            String words = cause instanceof FileSystemException known ? known.getReason() : cause.getMessage();
            if (cause instanceof IOException && words != null && FULL.contains(words)) {
                return new StorageException(StorageException.Kind.DISK_FULL, failure);
            }
        }
        return null;
    }

    private static IOException mapped(IOException failed) {
        StorageException full = full(failed);
        if (full != null) {
            throw full;
        }
        return failed;
    }
}
