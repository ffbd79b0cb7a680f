/**
 * Extraction: documents from files and texts, one class for each extractor. Output and time are bounded, the same
 * file gives the same documents, and each failure of a parser is mapped to a kind that says whether a retry helps.
 * Begin with {@code Extractor} and {@code Extractors}; files are opened in child processes, see
 * {@code extraction.sandbox}.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"platform.errors", "platform.charsets", "platform.formats", "platform.storage"})
package dev.waybill.extraction;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
