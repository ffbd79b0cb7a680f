/** The connector to Google Cloud Storage, read over its JSON API with a service account. */
@NullMarked
@ApplicationModule(allowedDependencies = {"connectors", "connectors.rest", "platform.errors", "platform.fetch"})
package dev.waybill.connectors.gcs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
