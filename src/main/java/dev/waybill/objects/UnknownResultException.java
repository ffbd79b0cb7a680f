package dev.waybill.objects;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of a write was lost: it may have been applied, or may still be. Mapped to 503. */
public final class UnknownResultException extends WaybillException {

    UnknownResultException(String message, @Nullable Throwable cause) {
        super(ErrorCode.SERVICE_UNAVAILABLE, message, Map.of("retry_after", 1), cause);
    }
}
