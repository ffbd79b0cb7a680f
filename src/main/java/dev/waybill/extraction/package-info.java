/**
 * Extraction of documents from files, one class for each extractor. The service opens no user's file:
 * {@link dev.waybill.extraction.ProcessFileOpener} does that by {@link dev.waybill.extraction.ChildMain}, in processes
 * of their own.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.formats", "platform.storage"})
package dev.waybill.extraction;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
