package dev.waybill.syncs.transfer;

import dev.waybill.buckets.Bucket;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.syncs.filters.FileFilters;
import dev.waybill.syncs.mapping.SchemaMapping;

/** Context of file copies: source, bucket, filters, mapping, limits, concurrency and cost counters. */
public interface Transfer {

    /** The connector's canonical name. */
    String provider();

    Source source();

    SourcePath path();

    Bucket bucket();

    FileFilters filters();

    SchemaMapping mapping();

    FileTags tags();

    /** How large a file may be. */
    long maxFileBytes();

    /** @throws WaybillException 403 when that many bytes exceed the organization's quota */
    void requireQuota(long bytes);

    AdaptiveConcurrency concurrency();

    RunCost cost();
}
