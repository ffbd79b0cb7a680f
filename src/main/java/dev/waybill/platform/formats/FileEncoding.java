package dev.waybill.platform.formats;

import dev.waybill.platform.formats.DetectionResult.Fits;
import dev.waybill.platform.formats.DetectionResult.FormatEvidence;
import dev.waybill.platform.formats.DetectionResult.Misfit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Content-Encoding} of a file (RFC 9110 8.4): how it is packed on its way, and said to be.
 *
 * @param names what was done to the bytes, the last one last, by their registered names; empty when nothing was
 */
record FileEncoding(List<String> names) {

    private static final FileEncoding NONE = new FileEncoding(List.of());
    private static final String GZIP = "gzip";
    private static final String DEFLATE = "deflate";
    private static final int GZIP_MAGIC = 0x1F8B;
    private static final int ZLIB_METHOD = 8;

    static FileEncoding of(DetectionInput question) {
        String said = question.contentEncoding();
        if (said == null || said.isBlank()) {
            return NONE;
        }
        List<String> names = new ArrayList<>();
        for (String each : said.split(",", -1)) {
            String name = each.strip().toLowerCase(Locale.ROOT);
            switch (name) {
                case "", "identity", "aws-chunked" -> {} // the last is of S3's clients, and is undone by S3
                case "x-gzip" -> names.add(GZIP);
                default -> names.add(name);
            }
        }
        return names.isEmpty() ? NONE : new FileEncoding(List.copyOf(names));
    }

    boolean isNone() {
        return names.isEmpty();
    }

    /** Whether the bytes look packed as they are said to be, by the last of the names. */
    boolean isSeen(FileBytes bytes) {
        return isSeen(names.getLast(), bytes.u16(0));
    }

    private static boolean isSeen(String name, int first) {
        return switch (name) {
            case GZIP -> first == GZIP_MAGIC;
            case DEFLATE -> first > 0 && (first >> 8 & 0x0f) == ZLIB_METHOD && first % 31 == 0;
            default -> false;
        };
    }

    /**
     * The first bytes of what is inside; null when the packed file itself is meant, or nothing comes out, or it is
     * packed in a way that is not known here.
     */
    byte @Nullable [] unpacked(DetectionInput question) {
        if (!isSeen(question.bytes())
                || (names.contains(GZIP) && question.suggestedTypes().contains("application/gzip"))) {
            return null;
        }
        return inflated(question.bytes().head(), names);
    }

    /** The first bytes of what is in a gzip file; null when nothing comes out. */
    static byte @Nullable [] gunzipped(FileBytes packed) {
        return inflated(packed.head(), List.of(GZIP));
    }

    /** As far as it goes: what was read of the packed bytes ends anywhere. */
    private static byte @Nullable [] inflated(byte[] packed, List<String> names) {
        byte[] inner = new byte[MediaTypes.HEAD_BYTES];
        int length = 0;
        try {
            InputStream in = new ByteArrayInputStream(packed);
            for (String name : names.reversed()) {
                in = switch (name) {
                    case GZIP -> new GZIPInputStream(in);
                    case DEFLATE -> new InflaterInputStream(in);
                    default -> throw new IOException("packed in a way that is not known");
                };
            }
            int read = 0;
            while (read >= 0 && length < inner.length) {
                length += read;
                read = in.read(inner, length, inner.length - length);
            }
        } catch (IOException cut) {
            return length == 0 ? null : Arrays.copyOf(inner, length);
        }
        return length == 0 ? null : Arrays.copyOf(inner, length);
    }

    /** The answer about what is inside, with how it is packed. */
    DetectionResult around(DetectionResult inner) {
        String packed = String.join(", ", names);
        FormatEvidence evidence = new FormatEvidence(inner.evidence().charset(), packed);
        return switch (inner) {
            case Fits fits -> new Fits(fits.mediaType(), evidence, fits.isAsDeclared());
            case Misfit misfit ->
                new Misfit(
                        misfit.mediaType(),
                        evidence,
                        misfit.isAsDeclared(),
                        misfit.kind(),
                        misfit.actual(),
                        misfit.reason());
        };
    }

    /**
     * The answer about bytes that are not as they are said to be, or that nobody here can read: bytes that show what
     * they are are believed, for some servers say so of what is not packed.
     */
    DetectionResult unread(DetectionResult raw) {
        boolean isReadable = names.stream().allMatch(name -> name.equals(GZIP) || name.equals(DEFLATE));
        if (isReadable || !raw.mediaType().equals(MediaTypes.UNKNOWN)) {
            return raw;
        }
        DetectionResult kept = around(raw);
        if (kept instanceof Misfit misfit) {
            String packed = String.join(", ", names);
            String reason =
                    "the file is packed with Content-Encoding '%s', of which gzip and deflate are read here: send it unpacked, or packed with gzip; the property takes %s"
                            .formatted(packed, misfit.kind().phrase());
            return new Misfit(
                    misfit.mediaType(),
                    misfit.evidence(),
                    misfit.isAsDeclared(),
                    misfit.kind(),
                    "bytes packed with " + packed,
                    reason);
        }
        return kept;
    }
}
