package dev.waybill.idempotency;

import dev.waybill.platform.ids.IdSeries;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The request attribute by which the interceptor passes a request's reservation to the filter around it. Used by one
 * thread.
 */
final class CurrentExecution {

    private static final String ATTRIBUTE = CurrentExecution.class.getName();

    private @Nullable IdempotencyEntity reservation;
    private @Nullable ResponseCipher responseCipher;
    private IdSeries.@Nullable Opened ids;

    static CurrentExecution begin(HttpServletRequest request) {
        CurrentExecution execution = new CurrentExecution();
        request.setAttribute(ATTRIBUTE, execution);
        return execution;
    }

    /** Null when the request has no idempotency key. */
    static @Nullable CurrentExecution of(HttpServletRequest request) {
        return (CurrentExecution) request.getAttribute(ATTRIBUTE);
    }

    void reserved(IdempotencyEntity newReservation, ResponseCipher cipher) {
        this.reservation = newReservation;
        this.responseCipher = cipher;
        this.ids = IdSeries.of(
                        cipher.seed(newReservation.seed()), newReservation.begunAt(), newReservation.isRepeating())
                .open();
    }

    /** Null when the request is not idempotent by key, was refused before, or is replayed. */
    @Nullable
    IdempotencyEntity reservation() {
        return reservation;
    }

    @Nullable
    ResponseCipher responseCipher() {
        return responseCipher;
    }

    /** From here on, ids are random again. */
    void closeIds() {
        if (ids != null) {
            ids.close();
        }
    }
}
