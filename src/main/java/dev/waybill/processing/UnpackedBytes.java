package dev.waybill.processing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.springframework.core.io.InputStreamSource;

/**
 * A blob's bytes, decompressed where its media type is not that of an archive: what was uploaded with
 * {@code Content-Encoding: gzip} is stored compressed.
 */
record UnpackedBytes(InputStreamSource stored, String mediaType) implements InputStreamSource {

    private static final int GZIP_MAGIC = 0x1F8B;

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream bytes = new BufferedInputStream(stored.getInputStream());
        try {
            return isGzipped(bytes) ? new GZIPInputStream(bytes) : bytes;
        } catch (IOException broken) {
            bytes.close();
            throw broken;
        }
    }

    /** An archive's own type was detected from its bytes; nothing else begins like one. */
    private boolean isGzipped(InputStream bytes) throws IOException {
        boolean isItself = mediaType.contains("gzip") || mediaType.contains("compressed") || mediaType.contains("tar");
        if (isItself || mediaType.equals("application/octet-stream")) {
            return false;
        }
        bytes.mark(2);
        int first = bytes.read() << 8 | bytes.read();
        bytes.reset();
        return first == GZIP_MAGIC;
    }
}
