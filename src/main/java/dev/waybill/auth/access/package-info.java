/**
 * Access control: one table of what each operation of the API needs, which the interceptor, the API's document and the
 * tests read.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.tenancy", "auth"})
package dev.waybill.auth.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
