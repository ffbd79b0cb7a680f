package dev.waybill.batches;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** Removes any number of documents, none of the commands being a long one. */
final class PagedRemoval {

    private static final int PAGE = 500;

    private final MongoOperations mongo;
    private final String collection;

    PagedRemoval(MongoOperations mongo, String collection) {
        this.mongo = mongo;
        this.collection = collection;
    }

    /** @param stop when it says true, the rest stays */
    void remove(Criteria which, BooleanSupplier stop) {
        Query page = query(which).limit(PAGE);
        page.fields().include("_id");
        while (!stop.getAsBoolean()) {
            List<Object> keys = mongo.find(page, Document.class, collection).stream()
                    .map(row -> row.get("_id"))
                    .toList();
            if (keys.isEmpty()) {
                return;
            }
            mongo.remove(query(where("_id").in(keys)), collection);
        }
    }
}
