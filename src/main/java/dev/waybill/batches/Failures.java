package dev.waybill.batches;

import dev.waybill.batches.ObjectResult.Failure;
import dev.waybill.extraction.ExtractionException;
import org.jspecify.annotations.Nullable;

/** What failed, in the words of the contract's ErrorCategory. */
final class Failures {

    static final String RUNTIME = "runtime";
    static final String VALIDATION = "validation";
    static final String RESOURCE = "resource";
    static final String DEPENDENCY = "dependency";

    private Failures() {}

    static Failure of(Tier.Step step, @Nullable String source, ExtractionException why) {
        // However often a broken file is read, it stays broken; limits of time depend on the machine too.
        return switch (why.kind()) {
            case BROKEN, ENCRYPTED, EMPTY, UNSUPPORTED -> of(step, source, VALIDATION, why.getMessage(), false);
            case TOO_MUCH -> of(step, source, RESOURCE, why.getMessage(), true);
        };
    }

    static Failure of(Tier.Step step, @Nullable String source, String category, String message, boolean retryable) {
        return new Failure(category, message, step.extractorId(), step.collectionId(), source, retryable);
    }

    /** One that concerns the whole object. */
    static Failure ofObject(String category, String message, boolean retryable) {
        return new Failure(category, message, "", null, null, retryable);
    }
}
