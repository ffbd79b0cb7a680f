/**
 * Filters, sorts, pages and cursors as values, checked and bounded. A filter knows the types of its fields, and a
 * cursor is only valid for the list and sort that issued it. Begin with {@code FilterParser}, {@code Fields} and
 * {@code Cursor}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.text", "platform.errors"})
package dev.waybill.platform.query;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
