package dev.waybill.platform.web.bodies;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;

/** Maps failures of reading a body to its end to client errors: none of them is a fault of ours. */
final class BrokenBody {

    private static final int MAX_CAUSES = 10;

    private BrokenBody() {}

    /** @param failure what came of reading from the connection, and from nothing else */
    static WaybillException of(IOException failure) {
        if (has(failure, SocketTimeoutException.class)) {
            return error(
                    ErrorCode.REQUEST_TIMEOUT,
                    "Nothing more of the request's body came in time. Send it again on another connection.",
                    failure);
        }
        // Tomcat makes of every broken connection a bad request too
        if (failure instanceof BadRequestException && !(failure instanceof ClientAbortException)) {
            return error(
                    ErrorCode.BAD_REQUEST,
                    "The request's body is not valid HTTP: its chunks (Transfer-Encoding: chunked) are not written as"
                            + " they must be.",
                    failure);
        }
        String why = has(failure, EOFException.class)
                ? "it is shorter than its Content-Length or last chunk says"
                : "the connection broke off";
        return error(ErrorCode.BAD_REQUEST, "The request's body did not come to its end: " + why + ".", failure);
    }

    private static WaybillException error(ErrorCode code, String message, IOException cause) {
        return new WaybillException(code, message, Map.of(), cause);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .anyMatch(type::isInstance);
    }
}
