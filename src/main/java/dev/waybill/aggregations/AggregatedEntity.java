package dev.waybill.aggregations;

import dev.waybill.objects.Objects;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** The entity of a bucket object in aggregations: the pipeline names its fields, and none is mapped here. */
@Document(Objects.COLLECTION)
record AggregatedEntity(@Id String key) {}
