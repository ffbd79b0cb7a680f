package dev.waybill.syncs;

import dev.waybill.buckets.Bucket;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.syncs.filters.FileFilters;
import dev.waybill.syncs.mapping.SchemaMapping;

/** What copying goes by: from where to where, which files, how fast, and what it costs. */
interface Transfer {

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

    /** @throws WaybillException 403 when that many bytes are more than the organization may store */
    void requireRoom(long bytes);

    AdaptiveConcurrency pace();

    RunCost meter();
}
