package dev.waybill.processing;

import dev.waybill.platform.storage.ETag;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;

/**
 * The bytes of a blob as a stream source that records whether reading them failed: to an extractor a stream that breaks
 * off looks like a broken file, but it is storage that is unavailable.
 */
final class SourceBytes implements InputStreamSource {

    private final ObjectStorage storage;
    private final ObjectKey key;
    private final @Nullable ETag pin;
    private volatile boolean missing;
    private volatile @Nullable StorageException failure;

    /** @param pin ETag of the very bytes that are wanted; null when it is not known */
    SourceBytes(ObjectStorage storage, ObjectKey key, @Nullable ETag pin) {
        this.storage = storage;
        this.key = key;
        this.pin = pin;
    }

    /** Whether storage has no such object. */
    boolean isMissing() {
        return missing;
    }

    /** The failure of storage; null when all went well. */
    @Nullable
    StorageException failure() {
        return failure;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        try {
            Optional<InputStream> bytes = storage.open(key, pin);
            if (bytes.isEmpty()) {
                missing = true;
                throw new IOException("the file is not in storage");
            }
            return new Watched(bytes.get());
        } catch (StorageException e) {
            failure = e;
            throw new IOException("storage does not answer", e);
        }
    }

    private final class Watched extends FilterInputStream {

        Watched(InputStream bytes) {
            super(bytes);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                throw broken(e);
            }
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            try {
                return super.read(into, from, length);
            } catch (IOException e) {
                throw broken(e);
            }
        }

        private IOException broken(IOException e) {
            failure = new StorageException(StorageException.Kind.UNAVAILABLE, e);
            return e;
        }
    }
}
