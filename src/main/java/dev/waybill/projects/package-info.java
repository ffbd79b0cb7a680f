/**
 * Projects: work that an organization asks its agents for, and which file types it accepts. A deleted project is
 * invisible from then on, and its submissions are deleted with it. Begin with {@code ProjectService}, and with {@code
 * Project} for what submissions use of one.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.text",
            "platform.errors",
            "platform.formats",
            "platform.json",
            "platform.tenancy",
            "platform.query",
            "platform.lists",
            "platform.mongo",
            "platform.storage",
            "auth",
            "deletions",
            "agents"
        })
package dev.waybill.projects;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
