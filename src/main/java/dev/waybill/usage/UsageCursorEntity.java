package dev.waybill.usage;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The stored cursor of the search for changed buckets, in the collection of the cursors of the walk over objects.
 *
 * @param reached the count of everything written before then is done or submitted
 */
@Document("object_walks")
record UsageCursorEntity(@Id String id, Instant reached) {

    /** The only id. */
    static final String COUNTED = "counted";
}
