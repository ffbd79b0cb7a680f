package dev.waybill.objects;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * How far a walk over the rows has come.
 *
 * @param id {@value #LATEST} or {@value #DAILY}
 * @param reached what was written before then is done
 * @param until where it ends; in the far future, but for the daily one
 */
@Document("object_walks")
record ObjectWalkEntity(@Id String id, Instant reached, Instant until) {

    /** Goes along with what is written. */
    static final String LATEST = "latest";

    /** Looks at the last days again. */
    static final String DAILY = "daily";

    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    static ObjectWalkEntity latest(Instant from) {
        return new ObjectWalkEntity(LATEST, from, NEVER);
    }

    static ObjectWalkEntity daily(Instant from, Instant until) {
        return new ObjectWalkEntity(DAILY, from, until);
    }

    ObjectWalkEntity at(Instant done) {
        return new ObjectWalkEntity(id, done, until);
    }
}
