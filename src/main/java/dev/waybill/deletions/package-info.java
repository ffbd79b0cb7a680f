/** Deletions: how what holds other things goes for good, over crashes, with whatever arrives late. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"platform.errors", "platform.tenancy", "platform.mongo", "platform.storage", "tasks"})
package dev.waybill.deletions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
