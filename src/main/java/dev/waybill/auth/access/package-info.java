/** What each operation of the API needs: one table, which the interceptor, the API's document and the tests read. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.tenancy", "auth"})
package dev.waybill.auth.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
