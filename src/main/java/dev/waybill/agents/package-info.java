/**
 * Agents: who submits work to an organization's projects, each with a key of its own. A key is shown once and stored
 * as a hash, and a revoked key is refused everywhere at once. Begin with {@code AgentService}.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.text",
            "platform.errors",
            "platform.json",
            "platform.tenancy",
            "platform.query",
            "platform.lists",
            "platform.mongo",
            "auth"
        })
package dev.waybill.agents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
