/**
 * Google Cloud Storage over its JSON API, with a service account. Reads are pinned by generation, and tokens may only
 * read. Begin with {@code GcsConnector}, then {@code GcsSource}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "connectors", "connectors.rest"})
package dev.waybill.connectors.gcs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
