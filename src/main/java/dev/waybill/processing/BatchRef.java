package dev.waybill.processing;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;

/** Reference to the batch that an object is processed for, with its scope and bucket. */
public record BatchRef(Scope scope, BucketId bucket, String batchId) {}
