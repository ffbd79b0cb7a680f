package dev.waybill.platform.fetch;

import dev.waybill.platform.storage.LocalDisk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** Writes a stream of unknown length to a temporary file, up to a bound and with little memory. */
final class TempFile {

    private static final int BUFFER = 1 << 16;

    private TempFile() {}

    /**
     * @throws TooLargeException when there are more bytes than {@code maxBytes}
     * @throws dev.waybill.platform.storage.StorageException when the disk is full
     */
    static FetchedFile write(
            LocalDisk disk, InputStream source, long maxBytes, String filename, @Nullable String contentType)
            throws IOException {
        Path path = disk.temporaryFile("waybill-fetch-");
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean done = false;
        try {
            removeName(path);
            MessageDigest sha256 = DigestUtils.getSha256Digest();
            MessageDigest md5 = DigestUtils.getMd5Digest();
            InputStream digested = new DigestInputStream(new DigestInputStream(source, sha256), md5);
            long size = copy(digested, disk.watched(Channels.newOutputStream(file)), maxBytes);
            done = true;
            HexFormat hex = HexFormat.of();
            return new FetchedFile(
                    path,
                    file,
                    filename,
                    contentType,
                    size,
                    hex.formatHex(sha256.digest()),
                    hex.formatHex(md5.digest()));
        } finally {
            if (!done) {
                file.close();
                Files.deleteIfExists(path);
            }
        }
    }

    private static long copy(InputStream source, OutputStream file, long maxBytes) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
            size += read;
            if (size > maxBytes) {
                throw new TooLargeException();
            }
            file.write(buffer, 0, read);
        }
        return size;
    }

    /** An open file needs no name where the system allows that, and then a crash leaves nothing behind. */
    private static void removeName(Path path) {
        try {
            Files.delete(path);
        } catch (IOException needsIt) {
            path.toFile().deleteOnExit();
        }
    }

    /** There are more bytes than were allowed. */
    static final class TooLargeException extends IOException {}
}
