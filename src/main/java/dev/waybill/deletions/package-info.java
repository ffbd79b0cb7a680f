/** Cascading deletions: a container is deleted with its contents, late arrivals included; resumed after crashes. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"platform.errors", "platform.tenancy", "platform.mongo", "platform.storage", "tasks"})
package dev.waybill.deletions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
