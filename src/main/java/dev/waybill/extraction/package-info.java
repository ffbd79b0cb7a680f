/** Extraction: what can be read out of a file, one class an extractor. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.formats"})
package dev.waybill.extraction;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
