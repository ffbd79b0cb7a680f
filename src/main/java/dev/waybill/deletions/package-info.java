/**
 * Deletion of what contains other things: flag it, then remove the contents module by module in a task. It resumes
 * after a crash and ends only when a pass begun after the flag finds nothing left. Begin with {@code Deletions};
 * whoever owns contents implements {@code Deletable}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.tenancy", "platform.storage", "tasks"})
package dev.waybill.deletions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
