package dev.waybill.objects;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** Up to when changes of objects were looked for; there is one. */
@Document("object_watermarks")
record UsageWatermarkDocument(@Id String name, Instant reached) {

    static final String USAGE = "bucket-usage";
}
