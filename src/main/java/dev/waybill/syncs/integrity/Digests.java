package dev.waybill.syncs.integrity;

import dev.waybill.connectors.SourceContent.Algorithm;
import dev.waybill.connectors.SourceContent.Checksum;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Computes checksums of a stream as it is read: always SHA-256 and MD5, and the algorithm of the source's checksum if
 * it is another one. After a stream breaks off, the next one continues: the bytes of all of them count, in their order.
 * Not thread-safe.
 */
public final class Digests {

    private final MessageDigest sha256 = DigestUtils.getSha256Digest();
    private final MessageDigest md5 = DigestUtils.getMd5Digest();
    private final @Nullable Checksum strongest;
    private final @Nullable MessageDigest sha1;
    private final java.util.zip.@Nullable Checksum crc;
    private long length;

    /** @param reported the source's checksums of the whole file; the strongest is compared */
    public Digests(List<Checksum> reported) {
        Optional<Checksum> best = reported.stream().max(Comparator.comparing(Checksum::algorithm));
        strongest = best.orElse(null);
        Algorithm algorithm = best.map(Checksum::algorithm).orElse(Algorithm.SHA256);
        sha1 = algorithm == Algorithm.SHA1 ? DigestUtils.getSha1Digest() : null;
        crc = switch (algorithm) {
            case CRC32 -> new CRC32();
            case CRC32C -> new CRC32C();
            case CRC64NVME -> new Crc64Nvme();
            case MD5, SHA1, SHA256 -> null;
        };
    }

    /**
     * Result of the digests and of the comparison with the source.
     *
     * @param length in bytes
     * @param sha256 lower-case hexadecimal, as is {@code md5}
     * @param method how they were compared: the algorithm in lower case such as {@code crc64nvme}, or {@code length}
     *     where the source reported no checksum, or the length differs
     * @param isMatch whether they equal the source's
     */
    public record Digested(long length, String sha256, String md5, String method, boolean isMatch) {}

    /** Wraps a stream, whose bytes are digested as they are read; skipped bytes are read. */
    public InputStream through(InputStream bytes) {
        return new Counted(bytes);
    }

    public void update(byte[] bytes, int from, int count) {
        length += count;
        sha256.update(bytes, from, count);
        md5.update(bytes, from, count);
        if (sha1 != null) {
            sha1.update(bytes, from, count);
        }
        if (crc != null) {
            crc.update(bytes, from, count);
        }
    }

    /**
     * Finishes the digests; to be called once.
     *
     * @param expectedLength expected number of bytes
     */
    public Digested finish(long expectedLength) {
        HexFormat hex = HexFormat.of();
        String ownSha256 = hex.formatHex(sha256.digest());
        String ownMd5 = hex.formatHex(md5.digest());
        if (strongest == null || length != expectedLength) {
            return new Digested(length, ownSha256, ownMd5, "length", length == expectedLength);
        }
        String own = switch (strongest.algorithm()) {
            case SHA256 -> ownSha256;
            case MD5 -> ownMd5;
            case SHA1 -> sha1 == null ? "" : hex.formatHex(sha1.digest());
            case CRC64NVME -> crc == null ? "" : hex.toHexDigits(crc.getValue());
            case CRC32, CRC32C -> crc == null ? "" : hex.toHexDigits((int) crc.getValue());
        };
        return new Digested(
                length,
                ownSha256,
                ownMd5,
                strongest.algorithm().name().toLowerCase(Locale.ROOT),
                own.equalsIgnoreCase(strongest.value()));
    }

    private final class Counted extends FilterInputStream {

        private Counted(InputStream bytes) {
            super(bytes);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int max) throws IOException {
            int count = in.read(target, offset, max);
            if (count > 0) {
                update(target, offset, count);
            }
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            return readNBytes((int) Math.min(count, 8192)).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void reset() throws IOException {
            throw new IOException("digested bytes cannot be reset");
        }
    }
}
