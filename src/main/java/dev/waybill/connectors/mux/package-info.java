/**
 * Mux Video over its HTTP API: of each asset a static rendition or the master is a file. Playback URLs are signed
 * where an asset asks for it, and a file that is not ready yet is reported as pending. Begin with
 * {@code MuxConnector}, then {@code MuxSource}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "connectors", "connectors.rest"})
package dev.waybill.connectors.mux;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
