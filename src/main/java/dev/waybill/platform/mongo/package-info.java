/** MongoDB: queries from filters, pages, indexes, health. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.deadline", "platform.errors", "platform.ids", "platform.query"})
package dev.waybill.platform.mongo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
