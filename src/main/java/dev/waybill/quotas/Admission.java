package dev.waybill.quotas;

import dev.waybill.platform.errors.WaybillException;

/** Whether there is room for what is to be written. */
public sealed interface Admission {

    /** There is; it must be {@linkplain Quotas#settle settled}. */
    record Granted(Reservation reservation) implements Admission {}

    /** There is not. @param why 403 with the numbers, or 503 where they cannot be known just now */
    record Refused(WaybillException why) implements Admission {}

    /** @throws WaybillException when it is refused */
    default Reservation orRefuse() {
        return switch (this) {
            case Granted granted -> granted.reservation();
            case Refused refused -> throw refused.why();
        };
    }
}
