/** Idempotency keys: the header {@code Idempotency-Key} makes every POST that changes something safe to retry. */
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
