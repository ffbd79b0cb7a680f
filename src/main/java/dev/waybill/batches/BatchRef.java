package dev.waybill.batches;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;

/** The batch that an object is worked on for, and the bucket that it goes over. */
public record BatchRef(Scope scope, BucketId bucket, String batchId) {}
