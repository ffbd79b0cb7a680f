package dev.waybill.syncs.transfer;

import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Stream of one version of a file that resumes: where the source breaks off, or ends too early, it is reopened after a
 * backoff at the offset reached. Whatever ends it early is an {@link IOException}; the source's failure is available as
 * {@link #failure}.
 */
final class ResumingStream extends InputStream {

    private static final int MAX_RESUMES = 3;

    private final Source source;
    private final SourcePath path;
    private final SourceFile file;
    private final AdaptiveConcurrency adaptiveConcurrency;
    private SourceContent content;
    private long at;
    private int resumes;
    private @Nullable SourceException failure;

    /** @param content of the file, from its beginning; closed with this */
    ResumingStream(
            Source source,
            SourcePath path,
            SourceFile file,
            SourceContent content,
            AdaptiveConcurrency adaptiveConcurrency) {
        this.source = source;
        this.path = path;
        this.file = file;
        this.content = content;
        this.adaptiveConcurrency = adaptiveConcurrency;
    }

    /** The failure of the source; null while there is none. */
    @Nullable
    SourceException failure() {
        return failure;
    }

    /** How often it was resumed. */
    int resumes() {
        return resumes;
    }

    /** How many bytes were read. */
    long count() {
        return at;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (at < file.sizeBytes()) {
            if (adaptiveConcurrency.isOver()) {
                throw stops();
            }
            try {
                int count = content.bytes().read(target, offset, (int) Math.min(length, file.sizeBytes() - at));
                if (count >= 0) {
                    at += count;
                    return count;
                }
                resume(new EOFException("%d bytes too few".formatted(file.sizeBytes() - at)));
            } catch (IOException broken) {
                if (failure != null) {
                    throw broken;
                }
                resume(broken);
            }
        }
        return -1;
    }

    private void resume(IOException broken) throws IOException {
        if (resumes == MAX_RESUMES) {
            throw broken;
        }
        try {
            content.close();
        } catch (IOException ignored) {
            // The stream is broken anyway.
        }
        rest();
        resumes++;
        try {
            content = source.open(path, file, at);
        } catch (SourceException refused) {
            failure = refused;
            throw new IOException(refused);
        }
    }

    private void rest() throws IOException {
        try {
            if (!adaptiveConcurrency.pause(resumes + 1)) {
                throw stops();
            }
        } catch (InterruptedException abandoned) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the run stops");
        }
    }

    private static IOException stops() {
        return new IOException("the run stops");
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
