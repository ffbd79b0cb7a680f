/** Lets clients ask twice and be served once: the header {@code Idempotency-Key} of every POST that changes something. */
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
