/**
 * Ids and the clock. Ids are time-ordered and the same when a request is run again; the clock is the database's, the
 * same on all instances. Begin with {@code IdGenerator} and {@code Clocks}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.waybill.platform.ids;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
