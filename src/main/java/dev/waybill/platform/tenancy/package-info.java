/**
 * Whose data it is: organization, namespace, and the {@code Scope} of both. Every method of a store takes one of
 * them. Begin with {@code Scope}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.ids", "platform.errors"})
package dev.waybill.platform.tenancy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
