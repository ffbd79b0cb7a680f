/**
 * Lists over HTTP: paging, filters and sort from query string and body, and pagination in the answer. Query string
 * and body are one request: where they contradict each other it is refused with both values. Begin with {@code
 * ListParameters}, which controllers take, and {@code PaginationResponse}, which they return.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.errors", "platform.json", "platform.query"})
package dev.waybill.platform.lists;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
