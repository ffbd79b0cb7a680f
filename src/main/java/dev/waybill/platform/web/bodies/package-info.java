/**
 * Request bodies on their way in: bounded, decompressed, checked for content type, read as JSON. A body that is too
 * long, broken off, or without a field that the operation uses is refused before the controller runs. Begin with
 * {@code BodyLimitFilter} for the bytes and {@code AnyBodyJsonConverter} for the values.
 */
@NullMarked
package dev.waybill.platform.web.bodies;

import org.jspecify.annotations.NullMarked;
