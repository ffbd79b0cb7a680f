package dev.waybill.platform.mongo;

import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import org.springframework.data.mongodb.core.query.Criteria;

/** Reads lists from MongoDB, a page at a time. */
public class MongoPages {

    /**
     * One page of a list.
     *
     * @param within the bounds that the caller cannot widen: the tenant, and the parent resource
     */
    public <D> Page<D> find(Class<D> documentType, Criteria within, ListQuery query, Fields fields) {
        throw new IllegalStateException();
    }

    /** The condition that a query stands for, without its paging: for counts and statistics over the same rows. */
    public Criteria criteria(Criteria within, ListQuery query, Fields fields) {
        throw new IllegalStateException();
    }
}
