package dev.waybill.platform.errors;

import java.util.Optional;

/**
 * Maps the exceptions of one technology to {@link WaybillException}s. Each technology has one as a bean; whoever
 * catches any other failure tries them all.
 */
@FunctionalInterface
public interface FailureTranslator {

    /** The error to report to the caller, or empty when the failure is none of this technology's. */
    Optional<WaybillException> translate(Throwable t);
}
