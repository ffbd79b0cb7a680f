/**
 * Azure Blob Storage over its REST API, with an account key, a shared access signature or an Entra identity. Reads
 * are pinned by ETag, and Azure's error codes are mapped to diagnoses. Begin with {@code AzureConnector}, then
 * {@code AzureSource}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.fetch", "connectors", "connectors.rest"})
package dev.waybill.connectors.azure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
