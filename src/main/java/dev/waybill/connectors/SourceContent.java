package dev.waybill.connectors;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being read. Whoever opened it closes it, and may do so early: what was not read is not fetched.
 *
 * @param bytes throws {@link IOException} when the source breaks off; its end without one proves nothing: count
 * @param length how many bytes are to come
 * @param contentType null when the source tells none
 * @param contentEncoding such as {@code gzip}; the bytes are as they are stored, never unpacked
 * @param metadata what users put beside it, names in lower case
 * @param checksums what the source says of the whole file; of a part none
 */
public record SourceContent(
        InputStream bytes,
        long length,
        @Nullable String contentType,
        @Nullable String contentEncoding,
        Map<String, String> metadata,
        List<Checksum> checksums)
        implements AutoCloseable {

    public SourceContent {
        metadata = Map.copyOf(metadata);
        checksums = List.copyOf(checksums);
    }

    /**
     * What a source says its bytes come to.
     *
     * @param value lower-case hexadecimal
     */
    public record Checksum(Algorithm algorithm, String value) {}

    /** The strongest last. */
    public enum Algorithm {
        CRC32,
        CRC32C,
        CRC64NVME,
        MD5,
        SHA1,
        SHA256
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
