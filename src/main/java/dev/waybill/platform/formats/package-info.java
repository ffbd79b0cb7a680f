/**
 * Detection of media types, what files are: whether declared type, name, schema type and bytes agree, and what they
 * agree on.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.waybill.platform.formats;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
