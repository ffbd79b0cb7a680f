package dev.waybill.processing;

import dev.waybill.extraction.ExtractionException;
import org.jspecify.annotations.Nullable;

/**
 * Why a source or an object could not be read, as stored with its result.
 *
 * @param category a word of the contract's ErrorCategory
 * @param extractor the extractor's id; empty when it concerns the whole object
 * @param source the blob or document; null when it concerns the whole object
 * @param retryable whether it may not happen on another attempt
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

    static ReadFailure of(TierStep step, @Nullable String source, ExtractionException e) {
        // However often a broken file is read, it stays broken; limits of time depend on the machine too.
        return switch (e.kind()) {
            case BROKEN, ENCRYPTED, EMPTY, UNSUPPORTED -> of(step, source, VALIDATION, e.getMessage(), false);
            case TOO_MUCH -> of(step, source, RESOURCE, e.getMessage(), true);
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
