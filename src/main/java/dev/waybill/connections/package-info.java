/** Connections: external storages of an organization, their encrypted credentials, connection tests and health. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.deadline",
            "platform.ids",
            "platform.errors",
            "platform.formats",
            "platform.tenancy",
            "platform.query",
            "platform.web",
            "platform.mongo",
            "platform.secrets",
            "platform.storage",
            "auth",
            "connectors"
        })
package dev.waybill.connections;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
