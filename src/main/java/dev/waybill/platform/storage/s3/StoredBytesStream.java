package dev.waybill.platform.storage.s3;

import dev.waybill.platform.deadline.RequestDeadline;
import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The body of a GET of an object. Closing it early drops the connection: the HTTP client would rather read all that is
 * left to keep the connection, which may be gigabytes.
 */
final class StoredBytesStream extends FilterInputStream {

    private final ResponseInputStream<?> body;
    private boolean ended;

    StoredBytesStream(ResponseInputStream<?> body) {
        super(body);
        this.body = body;
    }

    @Override
    public int read() throws IOException {
        try (RequestDeadline.Section ignored = RequestDeadline.uncounted()) {
            return note(super.read());
        } catch (SdkException e) {
            throw new IOException("storage broke off", e);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try (RequestDeadline.Section ignored = RequestDeadline.uncounted()) {
            return note(super.read(target, offset, length));
        } catch (SdkException e) {
            throw new IOException("storage broke off", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            super.close();
        } else {
            body.abort();
        }
    }

    private int note(int result) {
        ended |= result < 0;
        return result;
    }
}
