/**
 * Access control by one table: which permission and which scopes each operation needs. Interceptor, OpenAPI document
 * and tests read the same table, and the service does not start while a handler under /v1 has no row. Begin with
 * {@code AccessTable}, then {@code AccessPolicy}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.tenancy", "auth"})
package dev.waybill.auth.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
