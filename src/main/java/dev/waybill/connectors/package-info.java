/**
 * The port to storage elsewhere: list, open and probe, one package for each provider. A listing is complete or says
 * that it is not, a file is read in the version that was listed, and each failure has a {@code Diagnosis}. Begin with
 * {@code Connector} and {@code Source}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.fetch"})
package dev.waybill.connectors;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
