package dev.waybill.platform.mongo;

import dev.waybill.platform.query.Cursor;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.Sort;
import dev.waybill.platform.query.Sort.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list in MongoDB's terms, ties broken by {@code _id}: so every row has one place, and a page can start
 * behind any of them.
 */
record SortKey(Sort sort, String path) {

    private static final String ID = "_id";

    static SortKey of(Sort sort, Fields fields) {
        return new SortKey(
                sort,
                fields.find(sort.field())
                        .orElseThrow(() -> new IllegalStateException("cannot sort by " + sort.field()))
                        .path());
    }

    Document order() {
        int way = ascending() ? 1 : -1;
        Document order = new Document(path, way);
        if (!path.equals(ID)) {
            order.append(ID, way);
        }
        return order;
    }

    /** Where a page ends that has this row as its last. */
    Cursor cursor(Document row) {
        return Cursor.after(sort, value(row), String.valueOf(row.get(ID)));
    }

    /** The rows behind a cursor. MongoDB puts null and what is missing before everything else. */
    Document after(Cursor cursor) {
        String beyond = ascending() ? "$gt" : "$lt";
        Document later = new Document(ID, new Document(beyond, cursor.id()));
        if (path.equals(ID)) {
            return later;
        }
        Object value = MongoFilters.stored(cursor.value());
        Document tie = MongoFilters.and(List.of(new Document(path, equal(value)), later));
        List<Document> rest = new ArrayList<>(List.of(tie));
        if (value != null) {
            rest.add(new Document(path, new Document(beyond, value)));
        }
        if (value == null && ascending()) {
            rest.add(new Document(path, new Document("$ne", null)));
        }
        if (value != null && !ascending()) {
            rest.add(new Document(path, null));
        }
        return rest.size() == 1 ? tie : new Document("$or", rest);
    }

    private boolean ascending() {
        return sort.direction() == Direction.ASC;
    }

    private static @Nullable Object equal(@Nullable Object value) {
        return value == null ? null : new Document("$eq", value);
    }

    private @Nullable Object value(Document row) {
        Object value = row;
        for (String step : path.split("\\.")) {
            value = value instanceof Document document ? document.get(step) : null;
        }
        if (value instanceof Date date) {
            return Instant.ofEpochMilli(date.getTime());
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value instanceof Decimal128 decimal ? decimal.bigDecimalValue() : value;
    }
}
