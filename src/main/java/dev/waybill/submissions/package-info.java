/** The agents' submissions API: a second, small public API with its own keys, envelope and error codes. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.text",
            "platform.formats",
            "platform.events",
            "platform.tenancy",
            "platform.query",
            "platform.web",
            "platform.mongo",
            "platform.storage",
            "auth",
            "quotas",
            "deletions",
            "blobs"
        })
package dev.waybill.submissions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
