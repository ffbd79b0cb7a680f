package dev.waybill.platform.mongo;

import org.bson.Document;
import org.springframework.data.mongodb.core.query.Criteria;

/** Criteria of a query document that is sent as it is. */
final class RawCriteria extends Criteria {

    private final Document query;

    RawCriteria(Document query) {
        this.query = query;
    }

    @Override
    public Document getCriteriaObject() {
        return query;
    }
}
