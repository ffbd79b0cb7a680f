/**
 * Connections: storage elsewhere that an organization has given access to, with its credentials and health. Secrets
 * are stored encrypted, each for its own connection, and never returned. Begin with {@code ConnectionService} for the
 * HTTP API and {@code Connections}, by which syncs open a source.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.formats",
            "platform.json",
            "platform.deadline",
            "platform.secrets",
            "platform.tenancy",
            "platform.query",
            "platform.lists",
            "platform.mongo",
            "auth",
            "connectors"
        })
package dev.waybill.connections;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
