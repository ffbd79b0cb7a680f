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
 * Reading a file from some byte on, and seeing that these are the bytes that were asked for.
 *
 * @param from the first byte that is wanted
 * @param first the first byte that is asked for
 */
public record PinnedRead(SourceFile file, long from, long first) {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\\*)");

    public static PinnedRead of(SourceFile file, long from) {
        if (from < 0 || from > file.sizeBytes()) {
            throw new IllegalArgumentException("%d is not within %d bytes".formatted(from, file.sizeBytes()));
        }
        boolean isAtEnd = from > 0 && from == file.sizeBytes();
        // Nothing can be asked for behind the last byte, and yet the version has to be looked at.
        return new PinnedRead(file, from, isAtEnd ? from - 1 : from);
    }

    /** The range that it takes, if any. */
    public Map<String, String> headers() {
        return first == 0 ? Map.of() : Map.of("Range", "bytes=%d-".formatted(first));
    }

    /** How many bytes are to come. */
    public long length() {
        return file.sizeBytes() - from;
    }

    /**
     * The bytes of a good answer that are wanted.
     *
     * @param store as its users call it
     * @param isOther whether the answer names another version than the one that was listed
     * @throws SourceException when they are others
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

    /** That it has another version by now. */
    public static SourceException changed(@Nullable Throwable cause) {
        return new SourceException(
                Diagnosis.CHANGED_DURING_READ, "The file is not the one that was listed any more", false, null, cause);
    }

    /** How long the whole file is; less than 0 when that is not told. */
    private long total(RestAnswer answer, String store) {
        String told = answer.header("content-range");
        if (isWhole(answer)) {
            return number(answer.header("content-length"));
        }
        Matcher range = CONTENT_RANGE.matcher(String.valueOf(told));
        if (!range.matches() || Long.parseLong(range.group(1)) != first) {
            throw new SourceException(
                    Diagnosis.INTEGRITY_MISMATCH,
                    store + " answers with other bytes of the file than those that were asked for");
        }
        return range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2));
    }

    /** Some servers know no ranges, and begin at the beginning. */
    private boolean isWhole(RestAnswer answer) {
        return first == 0 || answer.status() != 206;
    }

    private static long number(@Nullable String told) {
        return told != null && told.matches("[0-9]{1,18}") ? Long.parseLong(told) : -1;
    }

    /** Of an answer that does not say how long it is: more bytes than were listed are those of another file. */
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
