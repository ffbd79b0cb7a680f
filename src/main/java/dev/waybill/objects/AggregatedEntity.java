package dev.waybill.objects;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** A bucket object as the database computes over it: its fields are named in the pipeline, and none is read here. */
@Document(Objects.COLLECTION)
record AggregatedEntity(@Id String key) {}
