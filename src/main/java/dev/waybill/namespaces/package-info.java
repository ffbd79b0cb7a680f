/** Namespaces: the tenants inside an organization. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.tenancy",
            "platform.query",
            "platform.web",
            "platform.mongo",
            "platform.redis",
            "platform.storage",
            "auth",
            "tasks",
            "deletions",
            "extraction"
        })
package dev.waybill.namespaces;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
