/** Where bytes lie: staging, final keys, promotion from one to the other, and the removal of what nobody owns. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.formats",
            "platform.mongo",
            "platform.storage",
            "platform.tenancy",
            "platform.web",
            "auth",
            "tasks",
            "namespaces"
        })
package dev.waybill.blobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
