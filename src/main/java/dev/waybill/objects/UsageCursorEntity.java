package dev.waybill.objects;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * How far the search for buckets that changed has come; it stands beside the cursors of the walk over objects.
 *
 * @param reached what was written before then is counted, or waits to be
 */
@Document("object_walks")
record UsageCursorEntity(@Id String id, Instant reached) {

    /** There is one. */
    static final String COUNTED = "counted";
}
