package dev.waybill.platform.mongo;

import org.bson.Document;
import org.springframework.data.mongodb.core.query.Criteria;

/** Criteria that stand for a query document as it is. */
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
