/**
 * Aggregations over the objects of a bucket, grouped and computed by the database. Every field that a filter knows
 * can be used; an invalid request, or one with more groups than an answer holds, is refused with all that is wrong.
 * Begin with {@code Aggregations}.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.errors",
            "platform.tenancy",
            "platform.query",
            "platform.mongo",
            "buckets",
            "objects"
        })
package dev.waybill.aggregations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
