package dev.waybill.platform.storage.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream of exactly so many bytes of another, which leaves the rest unread and the other open, and remembers whether
 * that itself failed, so that a broken source is not taken for broken storage.
 */
final class ExactLengthStream extends InputStream {

    private final InputStream source;
    private long left;
    private @Nullable IOException failure;

    ExactLengthStream(InputStream source, long length) {
        this.source = source;
        this.left = length;
    }

    /** What the source threw; null while it works. */
    @Nullable
    IOException failure() {
        return failure;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        try {
            int count = source.read(target, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException(left + " bytes too few");
            }
            left -= count;
            return count;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
