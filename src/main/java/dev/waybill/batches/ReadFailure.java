package dev.waybill.batches;

import dev.waybill.extraction.ExtractionException;
import org.jspecify.annotations.Nullable;

/**
 * Something that could not be read.
 *
 * @param category a word of the contract's ErrorCategory
 * @param extractor the extractor's id; empty when it concerns the whole object
 * @param source the blob or document; null when it concerns the whole object
 * @param retryable whether it may not happen another time
 */
public record ReadFailure(
        String category,
        String message,
        String extractor,
        @Nullable String collectionId,
        @Nullable String source,
        boolean retryable) {

    static final String RUNTIME = "runtime";
    static final String VALIDATION = "validation";
    static final String RESOURCE = "resource";
    static final String DEPENDENCY = "dependency";

    static ReadFailure of(TierStep step, @Nullable String source, ExtractionException why) {
        // However often a broken file is read, it stays broken; limits of time depend on the machine too.
        return switch (why.kind()) {
            case BROKEN, ENCRYPTED, EMPTY, UNSUPPORTED -> of(step, source, VALIDATION, why.getMessage(), false);
            case TOO_MUCH -> of(step, source, RESOURCE, why.getMessage(), true);
        };
    }

    static ReadFailure of(TierStep step, @Nullable String source, String category, String message, boolean retryable) {
        return new ReadFailure(category, message, step.extractorId(), step.collectionId(), source, retryable);
    }

    /** One that concerns the whole object. */
    static ReadFailure ofObject(String category, String message, boolean retryable) {
        return new ReadFailure(category, message, "", null, null, retryable);
    }
}
