/**
 * Idempotency keys: the header {@code Idempotency-Key} of every POST that changes something. A repeated request gets
 * the stored response, one that is still running gets 409, and one whose instance crashed is run again with the same
 * ids. Begin with {@code IdempotencyInterceptor}, then {@code IdempotentRequests}.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.tenancy",
            "platform.web",
            "platform.mongo",
            "auth"
        })
package dev.waybill.idempotency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
