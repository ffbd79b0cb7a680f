/**
 * The connector to Azure Blob Storage, read over its REST API with an account key, a shared access signature or an
 * Entra identity.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"connectors", "connectors.rest", "platform.errors", "platform.fetch"})
package dev.waybill.connectors.azure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
