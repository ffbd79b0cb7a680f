package dev.waybill.syncs;

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
 * What can be seen of a file before it is copied: its first bytes, of the stream that is going to be copied, and others
 * by asking its source, for files that tell what they hold at their end. Most need no such request. Not for several
 * threads.
 */
final class PreCopyCheck {

    /** So far the stream itself is looked at; it can be taken back by as much. */
    static final int NEAR = 64 * 1024;

    private static final int WINDOW = 64 * 1024;

    /** Further ones are no larger than what is asked for, so that a file that sends readers to and fro takes no memory. */
    private static final int WIDE_WINDOWS = 4;

    private final Transfer transfer;
    private final SourceFile file;
    private final BufferedInputStream stream;
    private final List<Window> windows = new ArrayList<>();
    private byte[] near;

    /** Bytes of the file, from there on. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Window(long from, byte[] bytes) {

        boolean holds(long at, int count) {
            return at >= from && at + count <= from + bytes.length;
        }
    }

    /** @param stream all of the file, of which nothing was read; it is as it was after each look */
    PreCopyCheck(Transfer transfer, SourceFile file, BufferedInputStream stream) throws IOException {
        this.transfer = transfer;
        this.file = file;
        this.stream = stream;
        this.near = first(MediaTypes.HEAD_BYTES);
    }

    /**
     * For one question. Looking on may throw {@link SourceException} when the source does not give it, and
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
            // Not to be judged by chance: the file is tried again.
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
        int wanted = windows.size() < WIDE_WINDOWS ? WINDOW : count;
        // The end is looked at as a whole: what stands there leads to what stands before it.
        long begin = Math.max(0, Math.min(from, file.sizeBytes() - wanted));
        Window window = new Window(begin, ask(begin, (int) Math.min(wanted, file.sizeBytes() - begin)));
        windows.add(window);
        int at = (int) (from - begin);
        return Arrays.copyOfRange(window.bytes(), at, Math.min(at + count, window.bytes().length));
    }

    private byte[] ask(long from, int count) throws IOException {
        if (transfer.pace().isOver()) {
            throw new IOException("the run stops");
        }
        transfer.meter().reads.increment();
        try (SourceContent content = transfer.source().open(transfer.path(), file, from)) {
            byte[] bytes = content.bytes().readNBytes(count);
            transfer.meter().bytes.add(bytes.length);
            if (bytes.length < count) {
                throw new EOFException("%d bytes too few".formatted(count - bytes.length));
            }
            return bytes;
        }
    }
}
