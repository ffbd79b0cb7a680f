/** Organizations, users, API keys, permissions and the rate limit. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.text",
            "platform.tenancy",
            "platform.query",
            "platform.web",
            "platform.mongo",
            "platform.redis",
            "platform.storage"
        })
package dev.waybill.auth;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
