/**
 * MongoDB: filters as queries, pages, indexes, conditional writes, scheduled jobs with a lock. Decisions are read
 * from the primary with majority, each operation ends with its request's deadline, and a database that is away is
 * reported as such. Begin with {@code MongoFilters}, {@code MongoPages} and {@code MongoWrites}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.ids", "platform.errors", "platform.deadline", "platform.query"})
package dev.waybill.platform.mongo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
