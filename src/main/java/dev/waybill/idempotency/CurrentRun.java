package dev.waybill.idempotency;

import dev.waybill.platform.ids.IdSeries;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What the interceptor found out about a request, for the filter around it. Used by one thread. */
final class CurrentRun {

    private static final String ATTRIBUTE = CurrentRun.class.getName();

    private @Nullable ReservationDocument reservation;
    private @Nullable Seal seal;
    private IdSeries.@Nullable Opened ids;

    static CurrentRun begin(HttpServletRequest request) {
        CurrentRun run = new CurrentRun();
        request.setAttribute(ATTRIBUTE, run);
        return run;
    }

    /** Null when the request brought no key. */
    static @Nullable CurrentRun of(HttpServletRequest request) {
        return (CurrentRun) request.getAttribute(ATTRIBUTE);
    }

    void reserved(ReservationDocument by, Seal with) {
        this.reservation = by;
        this.seal = with;
        this.ids = IdSeries.of(with.seed(by.seed()), by.begunAt(), by.isRepeating())
                .open();
    }

    /** Null when the request is none of those that are done once, was refused before, or is answered as before. */
    @Nullable
    ReservationDocument reservation() {
        return reservation;
    }

    @Nullable
    Seal seal() {
        return seal;
    }

    /** From here on, ids are random again. */
    void closeIds() {
        if (ids != null) {
            ids.close();
        }
    }
}
