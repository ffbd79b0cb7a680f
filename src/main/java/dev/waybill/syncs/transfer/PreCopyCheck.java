package dev.waybill.syncs.transfer;

import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.platform.formats.FileBytes;
import dev.waybill.platform.formats.MediaTypes;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Random access to a file before it is copied, for type detection: its first bytes from the stream that will be copied,
 * others by range requests to the source, for formats with their index at the end. Most files need no such request. Not
 * thread-safe.
 */
final class PreCopyCheck {

    /** Bytes that are read from the stream itself, which is reset afterwards. */
    static final int NEAR = 64 * 1024;

    private static final int WINDOW = 64 * 1024;

    /**
     * Further windows are no larger than the requested bytes, so that a file with scattered offsets takes no memory.
     */
    private static final int WIDE_WINDOWS = 4;

    private final Transfer transfer;
    private final SourceFile file;
    private final BufferedInputStream stream;
    private final List<Window> windows = new ArrayList<>();
    private byte[] near;

    /** Bytes of the file from an offset. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Window(long from, byte[] bytes) {

        boolean holds(long at, int count) {
            return at >= from && at + count <= from + bytes.length;
        }
    }

    /** @param stream the whole file, unread; it is reset after each read */
    PreCopyCheck(Transfer transfer, SourceFile file, BufferedInputStream stream) throws IOException {
        this.transfer = transfer;
        this.file = file;
        this.stream = stream;
        this.near = first(MediaTypes.HEAD_BYTES);
    }

    /**
     * The bytes for one detection. Reads may throw {@link SourceException} when the source refuses, and
     * {@link UncheckedIOException} when it breaks off.
     */
    FileBytes bytes() {
        byte[] head = near.length <= MediaTypes.HEAD_BYTES ? near : Arrays.copyOf(near, MediaTypes.HEAD_BYTES);
        return FileBytes.of(head, file.sizeBytes(), this::read);
    }

    private byte[] read(long from, int count) {
        try {
            return from + count <= NEAR ? readNear(from, count) : readFar(from, count);
        } catch (IOException broken) {
            // Detection must not depend on chance: the file is retried.
            throw new UncheckedIOException(broken);
        }
    }

    private byte[] readNear(long from, int count) throws IOException {
        if (from + count > near.length) {
            near = first(NEAR);
        }
        int end = (int) Math.min(from + count, near.length);
        return Arrays.copyOfRange(near, (int) Math.min(from, end), end);
    }

    private byte[] first(int count) throws IOException {
        stream.mark(NEAR);
        byte[] first = stream.readNBytes(count);
        stream.reset();
        return first;
    }

    private byte[] readFar(long from, int count) throws IOException {
        for (Window window : windows) {
            if (window.holds(from, count)) {
                int at = (int) (from - window.from());
                return Arrays.copyOfRange(window.bytes(), at, at + count);
            }
        }
        int size = windows.size() < WIDE_WINDOWS ? WINDOW : count;
        // The end is read as one window: what stands there leads to what stands before it.
        long begin = Math.max(0, Math.min(from, file.sizeBytes() - size));
        Window window = new Window(begin, request(begin, (int) Math.min(size, file.sizeBytes() - begin)));
        windows.add(window);
        int at = (int) (from - begin);
        return Arrays.copyOfRange(window.bytes(), at, Math.min(at + count, window.bytes().length));
    }

    private byte[] request(long from, int count) throws IOException {
        if (transfer.concurrency().isOver()) {
            throw new IOException("the run stops");
        }
        transfer.cost().reads.increment();
        try (SourceContent content = transfer.source().open(transfer.path(), file, from)) {
            byte[] bytes = content.bytes().readNBytes(count);
            transfer.cost().bytes.add(bytes.length);
            if (bytes.length < count) {
                throw new EOFException("%d bytes too few".formatted(count - bytes.length));
            }
            return bytes;
        }
    }
}
