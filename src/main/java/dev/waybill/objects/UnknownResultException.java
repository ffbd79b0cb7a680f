package dev.waybill.objects;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether something was written is not known, or whether what it names is there: it may be, or come to be still. */
public final class UnknownResultException extends WaybillException {

    UnknownResultException(String message, @Nullable Throwable cause) {
        super(ErrorCode.SERVICE_UNAVAILABLE, message, Map.of("retry_after", 1), cause);
    }
}
