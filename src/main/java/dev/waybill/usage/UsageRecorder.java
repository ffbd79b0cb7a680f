package dev.waybill.usage;

import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.BucketUsage;
import dev.waybill.platform.tenancy.Scope;

/** Port that stores computed usage counters. */
@FunctionalInterface
interface UsageRecorder {
    void recordUsage(Scope scope, BucketId bucket, BucketUsage usage);
}
