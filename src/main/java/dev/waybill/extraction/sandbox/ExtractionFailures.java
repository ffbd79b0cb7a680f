package dev.waybill.extraction.sandbox;

import dev.waybill.extraction.ExtractionException;
import dev.waybill.extraction.ExtractionException.Kind;
import dev.waybill.platform.storage.LocalDisk;
import dev.waybill.platform.storage.StorageException;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaMemoryLimitException;
import org.apache.tika.exception.UnsupportedFormatException;
import org.apache.tika.exception.ZeroByteFileException;
import org.jspecify.annotations.Nullable;

/**
 * Maps exceptions of parsers to {@link ExtractionException}. They wrap freely, so the whole chain of causes is
 * searched.
 */
final class ExtractionFailures {

    private static final int DEPTH = 20;

    /** How POI, the JDK's XML parser and Tika report a decompression bomb. They have no types for it. */
    private static final Pattern BOMB = Pattern.compile(
            "zip bomb|allocate an array of length|max allowed overall size|entity expansion|entity expansions|"
                    + "entities|memory exceeded|JAXP0001000|exceeds? (the )?(limit|max)|maximum nesting",
            Pattern.CASE_INSENSITIVE);

    private ExtractionFailures() {}

    /** @throws StorageException when no file is at fault, but this machine's disk is full */
    static ExtractionException toException(Throwable failure, String mediaType) {
        StorageException full = LocalDisk.full(failure);
        if (full != null) {
            throw full;
        }
        Throwable cause = failure;
        for (int i = 0; i < DEPTH && cause != null; i++, cause = cause.getCause()) {
            if (cause instanceof ExtractionException ours) {
                return ours;
            }
            if (cause instanceof NoClassDefFoundError missing
                    && String.valueOf(missing.getMessage()).contains("bouncycastle")) {
                // Only files that are encrypted for a certificate's owner need it.
                return encrypted(failure);
            }
            if (cause instanceof LinkageError) {
                throw new IllegalStateException("a parser is not complete", failure);
            }
            ExtractionException mapped = known(cause, failure);
            if (mapped != null) {
                return mapped;
            }
        }
        return new ExtractionException(
                Kind.BROKEN, "The file is damaged, or is not what its type says (%s)".formatted(mediaType), failure);
    }

    private static @Nullable ExtractionException known(Throwable cause, Throwable failure) {
        return switch (cause) {
            case EncryptedDocumentException e -> encrypted(failure);
            case org.apache.poi.EncryptedDocumentException e -> encrypted(failure);
            case InvalidPasswordException e -> encrypted(failure);
            case ZeroByteFileException e -> new ExtractionException(Kind.EMPTY, "The file has no bytes", failure);
            case UnsupportedFormatException e ->
                new ExtractionException(Kind.UNSUPPORTED, "This form of the file cannot be read", failure);
            case VirtualMachineError e -> tooMuch(failure);
            case TikaMemoryLimitException e -> tooMuch(failure);
            default -> isBomb(cause) ? tooMuch(failure) : null;
        };
    }

    private static boolean isBomb(Throwable cause) {
        String message = cause.getMessage();
        return message != null && BOMB.matcher(message).find();
    }

    private static ExtractionException encrypted(Throwable failure) {
        return new ExtractionException(Kind.ENCRYPTED, "The file needs a password", failure);
    }

    private static ExtractionException tooMuch(Throwable failure) {
        return new ExtractionException(
                Kind.TOO_MUCH, "The file unfolds to more than the limits of memory, size or depth allow", failure);
    }
}
