package dev.waybill.connectors.rest;

import dev.waybill.connectors.ConnectFailures;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A read of a file from some offset, pinned to the listed version: verifies that the response has the requested bytes.
 *
 * @param from the first byte that is wanted
 * @param first the first byte that is requested
 */
public record PinnedRead(SourceFile file, long from, long first) {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\\*)");

    public static PinnedRead of(SourceFile file, long from) {
        if (from < 0 || from > file.sizeBytes()) {
            throw new IllegalArgumentException("%d is not within %d bytes".formatted(from, file.sizeBytes()));
        }
        boolean isAtEnd = from > 0 && from == file.sizeBytes();
        // A range after the last byte cannot be requested, and yet the version has to be verified.
        return new PinnedRead(file, from, isAtEnd ? from - 1 : from);
    }

    /** The range header of the request, if any. */
    public Map<String, String> headers() {
        return first == 0 ? Map.of() : Map.of("Range", "bytes=%d-".formatted(first));
    }

    /** How many bytes are to come. */
    public long length() {
        return file.sizeBytes() - from;
    }

    /**
     * The wanted bytes of a successful response.
     *
     * @param store its name, for messages
     * @param isOther whether the response has another version than the listed one
     * @throws SourceException when they are of another version
     */
    public InputStream bytes(RestStream stream, String store, boolean isOther) {
        try {
            long total = total(stream.answer(), store);
            if (isOther || total >= 0 && total != file.sizeBytes()) {
                throw changed(null);
            }
            stream.bytes().skipNBytes(from - (isWhole(stream.answer()) ? 0 : first));
            return total < 0 ? new Bounded(stream.bytes(), length()) : stream.bytes();
        } catch (IOException e) {
            stream.hangUp();
            throw ConnectFailures.late(e, store);
        } catch (SourceException refused) {
            stream.hangUp();
            throw refused;
        }
    }

    /** The error for a file that was changed. */
    public static SourceException changed(@Nullable Throwable cause) {
        return new SourceException(
                Diagnosis.CHANGED_DURING_READ, "The file is not the one that was listed any more", false, null, cause);
    }

    /** The size of the whole file; less than 0 when it is not known. */
    private long total(RestAnswer answer, String store) {
        String header = answer.header("content-range");
        if (isWhole(answer)) {
            return number(answer.header("content-length"));
        }
        Matcher range = CONTENT_RANGE.matcher(String.valueOf(header));
        if (!range.matches() || Long.parseLong(range.group(1)) != first) {
            throw new SourceException(
                    Diagnosis.INTEGRITY_MISMATCH,
                    store + " answers with other bytes of the file than those that were asked for");
        }
        return range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2));
    }

    /** Some servers ignore ranges, and send the whole file. */
    private boolean isWhole(RestAnswer answer) {
        return first == 0 || answer.status() != 206;
    }

    private static long number(@Nullable String header) {
        return header != null && header.matches("[0-9]{1,18}") ? Long.parseLong(header) : -1;
    }

    /** A response without a length: more bytes than were listed are those of another version. */
    private static final class Bounded extends FilterInputStream {

        private long left;

        private Bounded(InputStream bytes, long length) {
            super(bytes);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            left -= Math.max(read, 0);
            if (left < 0 || left == 0 && read > 0 && super.read() >= 0) {
                throw new IOException("more bytes come than were listed");
            }
            return read;
        }
    }
}
