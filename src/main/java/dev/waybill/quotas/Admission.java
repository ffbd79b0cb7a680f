package dev.waybill.quotas;

import dev.waybill.platform.errors.WaybillException;

/** The outcome of a quota check before a write. */
public sealed interface Admission {

    /** The bytes are reserved; the reservation must be {@linkplain Quotas#settle settled}. */
    record Granted(Reservation reservation) implements Admission {}

    /** The quota leaves no room. @param why 403 with the numbers, or 503 where they cannot be known just now */
    record Refused(WaybillException why) implements Admission {}

    /** @throws WaybillException when it is refused */
    default Reservation orRefuse() {
        return switch (this) {
            case Granted granted -> granted.reservation();
            case Refused refused -> throw refused.why();
        };
    }
}
