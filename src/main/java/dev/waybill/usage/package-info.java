/**
 * Usage counters: how much a bucket holds and what an organization's objects take, counted from the objects
 * themselves. Counters are right within 5 seconds of quiet; a crash costs a recount, never a wrong number. Begin with
 * {@code BucketUsageSweep}, which finds changed buckets, and {@code UsageTask}, which counts one.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform.tenancy", "quotas", "tasks", "namespaces", "buckets", "objects"})
package dev.waybill.usage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
