package dev.waybill.platform.lists;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.util.Map;

/** The error of a request that says one thing in its query string and another in its body: 400 with both. */
final class Contradiction {

    private Contradiction() {}

    /**
     * @param inQuery what the query string says, as {@code name=value} or a name alone
     * @param what a clause for the person reading, such as {@code Both say how many rows}
     */
    static WaybillException between(String inQuery, String inBody, String what) {
        return new WaybillException(
                ErrorCode.BAD_REQUEST,
                "%s, and differ: %s in the query string, %s in the body. Send one of them."
                        .formatted(what, inQuery, inBody),
                Map.of("query", inQuery, "body", inBody));
    }
}
