package dev.waybill.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP response to replay: status, content type and body.
 *
 * @param contentType null for one without a body
 */
record StoredResponse(int status, @Nullable String contentType, byte[] body) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether it is a client error, rather than a server error. */
    boolean isRefusal() {
        return status >= 400 && status < 500;
    }

    /** Bodies may hold secrets. */
    @Override
    public String toString() {
        return "StoredResponse[status=%d, %d bytes]".formatted(status, body.length);
    }
}
