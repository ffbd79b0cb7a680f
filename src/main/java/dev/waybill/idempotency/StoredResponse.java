package dev.waybill.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * An answer, as it goes over the wire.
 *
 * @param contentType null for one without a body
 */
record StoredResponse(int status, @Nullable String contentType, byte[] body) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether it was refused, rather than gone wrong. */
    boolean isRefusal() {
        return status >= 400 && status < 500;
    }

    /** Bodies may hold secrets. */
    @Override
    public String toString() {
        return "KeptAnswer[status=%d, %d bytes]".formatted(status, body.length);
    }
}
