/**
 * Namespaces: the tenants inside an organization. Everything below is stored with its namespace and read by it, and
 * deleting one removes all that it contains. Begin with {@code Namespaces} for the HTTP API and
 * {@code OrganizationNamespaces} for other modules.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.json",
            "platform.tenancy",
            "platform.query",
            "platform.lists",
            "platform.mongo",
            "auth",
            "tasks",
            "deletions",
            "extraction"
        })
package dev.waybill.namespaces;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
