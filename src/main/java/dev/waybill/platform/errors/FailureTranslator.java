package dev.waybill.platform.errors;

import java.util.Optional;

/**
 * Knows what the exceptions of one technology mean in our words. Each such piece has one as a bean; whoever catches a
 * failure that is no {@link WaybillException} asks them all.
 */
@FunctionalInterface
public interface FailureTranslator {

    /** What the caller may be told of the failure, or empty when it is none of this technology's. */
    Optional<WaybillException> translate(Throwable t);
}
