package dev.waybill.extraction;

import org.jspecify.annotations.Nullable;

/**
 * An extractor can make nothing of a source. The message is written for callers; the library's own exception is the
 * cause, in the process where the file was opened.
 */
public final class ExtractionException extends Exception {

    /** Why, in the categories that failed documents are counted by. */
    public enum Kind {
        /** The file is not what its type says, or is damaged. */
        BROKEN,
        /** It needs a password. */
        ENCRYPTED,
        /** It has no bytes. */
        EMPTY,
        /** It is beyond the limits of time, memory, depth or size. */
        TOO_MUCH,
        /** The extractor does not take this type. */
        UNSUPPORTED
    }

    private final Kind kind;

    public ExtractionException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Never null here, unlike {@link Throwable#getMessage()}. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
