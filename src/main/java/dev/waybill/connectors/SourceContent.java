package dev.waybill.connectors;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of an opened file. The caller closes it, and may do so early: what was not read is not fetched.
 *
 * @param bytes throws {@link IOException} when the source breaks off; a regular end proves nothing: count the bytes
 * @param length how many bytes are to come
 * @param contentType null when the source reports none
 * @param contentEncoding such as {@code gzip}; the bytes are as they are stored, never decoded
 * @param metadata user metadata, names in lower case
 * @param checksums checksums that the source reports for the whole file; none for a range
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
     * A checksum that a source reports.
     *
     * @param value lower-case hexadecimal
     */
    public record Checksum(Algorithm algorithm, String value) {}

    /** Weakest first. */
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
