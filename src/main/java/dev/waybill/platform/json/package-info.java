/**
 * JSON as the API reads and writes it: deserializers, names on the wire, partial updates. No value is coerced into
 * another type, and each violation names its location in the body. Begin with {@code JsonConfiguration}; request
 * records use {@code Change}, {@code FreeJson} and {@code WireName}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.text", "platform.errors", "platform.query"})
package dev.waybill.platform.json;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
