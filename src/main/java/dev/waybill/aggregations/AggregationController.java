package dev.waybill.aggregations;

import dev.waybill.buckets.BucketIdentifier;
import dev.waybill.buckets.Buckets;
import dev.waybill.platform.tenancy.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** HTTP API of aggregations over the objects of a bucket. */
@RestController
@Tag(name = "Objects", description = "What confirmed uploads become: blobs and metadata under one id.")
class AggregationController {

    private final Aggregations aggregations;
    private final Buckets buckets;

    AggregationController(Aggregations aggregations, Buckets buckets) {
        this.aggregations = aggregations;
        this.buckets = buckets;
    }

    @PostMapping("/v1/buckets/{bucket_identifier}/objects/aggregate")
    @Operation(
            operationId = "aggregateObjects",
            summary = "Aggregate objects",
            description = "Groups the objects of a bucket and computes over each group. Fields are those of the list's "
                    + "filters. Dates are cut in UTC; those in metadata may be ISO 8601 texts. At most 10 000 groups; more "
                    + "are refused, as is what takes too long.")
    ObjectAggregationResponse aggregate(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @RequestBody @Valid ObjectAggregationRequest body) {
        return aggregations.answer(buckets.require(scope, bucketIdentifier), body);
    }
}
