package dev.waybill.platform.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file that was fetched, on this machine's disk until it is closed. */
public final class FetchedFile implements AutoCloseable {

    private final Path path;
    private final FileChannel bytes;
    private final String filename;
    private final @Nullable String contentType;
    private final long size;
    private final String sha256;
    private final String md5;

    FetchedFile(
            Path path,
            FileChannel bytes,
            String filename,
            @Nullable String contentType,
            long size,
            String sha256,
            String md5) {
        this.path = path;
        this.bytes = bytes;
        this.filename = filename;
        this.contentType = contentType;
        this.size = size;
        this.sha256 = sha256;
        this.md5 = md5;
    }

    /** What the URL calls it; a hint, not to be used as a path. */
    public String filename() {
        return filename;
    }

    /** The server's {@code Content-Type}; null when it sent none. */
    public @Nullable String contentType() {
        return contentType;
    }

    /** In bytes, 0 or more. */
    public long size() {
        return size;
    }

    /** Lower-case hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** Lower-case hexadecimal; names equal bytes, and proves nothing. */
    public String md5() {
        return md5;
    }

    /** The first bytes, at most {@code count}. */
    public byte[] head(int count) {
        try {
            ByteBuffer head = ByteBuffer.allocate((int) Math.min(count, size));
            while (head.hasRemaining() && bytes.read(head, head.position()) >= 0) {
                // until it is full
            }
            return Arrays.copyOf(head.array(), head.position());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Bytes from anywhere, at most {@code count}; fewer only where the file ends.
     *
     * @throws IOException when this machine does not give them
     */
    public byte[] read(long from, int count) throws IOException {
        ByteBuffer range = ByteBuffer.allocate((int) Math.clamp(size - from, 0, count));
        while (range.hasRemaining() && bytes.read(range, from + range.position()) >= 0) {
            // until it is full
        }
        return Arrays.copyOf(range.array(), range.position());
    }

    /** All bytes, from the start. One stream at a time; closing it closes the file. */
    public InputStream open() {
        try {
            bytes.position(0);
            return Channels.newInputStream(bytes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        try {
            bytes.close();
            Files.deleteIfExists(path);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
