package dev.waybill.platform.errors;

import java.util.Optional;

/**
 * Recognises failures of one technical piece, such as a database that is away. Beans of this type are asked in order
 * before a failure is told as an internal error.
 */
@FunctionalInterface
public interface FailureTranslator {

    /** What the caller may be told about the failure, or empty when it is none of this piece's. */
    Optional<WaybillException> translate(Throwable failure);
}
