/** How requests come in and answers go out: errors, request id, JSON, OpenAPI. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.deadline",
            "platform.errors",
            "platform.ids",
            "platform.tenancy",
            "platform.query",
            "platform.text"
        })
package dev.waybill.platform.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
