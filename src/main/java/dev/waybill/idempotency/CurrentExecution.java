package dev.waybill.idempotency;

import dev.waybill.platform.ids.IdSeries;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What the interceptor found out about a request, for the filter around it. Used by one thread. */
final class CurrentExecution {

    private static final String ATTRIBUTE = CurrentExecution.class.getName();

    private @Nullable IdempotencyEntity reservation;
    private @Nullable ResponseCipher responseCipher;
    private IdSeries.@Nullable Opened ids;

    static CurrentExecution begin(HttpServletRequest request) {
        CurrentExecution run = new CurrentExecution();
        request.setAttribute(ATTRIBUTE, run);
        return run;
    }

    /** Null when the request brought no key. */
    static @Nullable CurrentExecution of(HttpServletRequest request) {
        return (CurrentExecution) request.getAttribute(ATTRIBUTE);
    }

    void reserved(IdempotencyEntity by, ResponseCipher with) {
        this.reservation = by;
        this.responseCipher = with;
        this.ids = IdSeries.of(with.seed(by.seed()), by.begunAt(), by.isRepeating())
                .open();
    }

    /** Null when the request is none of those that are done once, was refused before, or is answered as before. */
    @Nullable
    IdempotencyEntity reservation() {
        return reservation;
    }

    @Nullable
    ResponseCipher seal() {
        return responseCipher;
    }

    /** From here on, ids are random again. */
    void closeIds() {
        if (ids != null) {
            ids.close();
        }
    }
}
