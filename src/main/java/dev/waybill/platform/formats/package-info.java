/**
 * File formats: which type the bytes show, and whether declared type, name, schema property and bytes agree. The
 * first bytes, the end of the file and a few ranges are enough, and only a certain contradiction is refused. Begin
 * with {@code Formats}; {@code SignatureTable} and its neighbours know the formats.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.charsets"})
package dev.waybill.platform.formats;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
