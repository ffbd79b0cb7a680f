package dev.waybill.platform.mongo;

import dev.waybill.platform.query.Cursor;
import dev.waybill.platform.query.Cursor.At;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.Fields.Field;
import dev.waybill.platform.query.Fields.Kind;
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
 * The order of a list in MongoDB's terms, ties broken by {@code _id}: so every row has one position, and a page can
 * start behind any of them.
 *
 * <p>Values of one kind are easy: MongoDB sorts null and what is missing before everything else. Where callers may have
 * stored anything, numbers come before strings, strings before booleans, and comparisons see values of their own type
 * only, so the other types are named. Lists and objects have no position that a comparison could find again; they come
 * last, in the order of their ids.
 *
 * @param path the stored path; holds at most one value in each row unless {@code mixed}
 * @param mixed whether the values are of any kind
 */
record SortKey(Sort sort, String path, boolean mixed) {

    private static final String ID = "_id";
    private static final List<String> TYPES = List.of("number", "string", "bool", "date");

    static SortKey of(Sort sort, Fields fields) {
        Field field = fields.find(sort.field())
                .orElseThrow(() -> new IllegalStateException("cannot sort by " + sort.field()));
        return new SortKey(sort, field.path(), field.kind() == Kind.ANY);
    }

    /** The order of the rows that have one. */
    Document order() {
        Document order = new Document(path, way());
        return path.equals(ID) ? order : order.append(ID, way());
    }

    /** The order of the rest. */
    Document orderById() {
        return new Document(ID, way());
    }

    /** The rows that have a position in the order; everything unless {@code mixed}. */
    Document ordered() {
        return mixed ? MongoFilters.and(orderedParts()) : new Document();
    }

    /** The rows that have none. */
    Document unordered() {
        return new Document("$nor", List.of(ordered()));
    }

    /** Where a page ends that has this row as its last, as it goes out. */
    Cursor cursor(Document row) {
        Cursor position = position(row);
        return position.at() == At.VALUE ? Cursor.after(sort, position.value(), position.id()) : position;
    }

    /** The row's position, with its value whatever its length. */
    Cursor position(Document row) {
        String id = String.valueOf(row.get(ID));
        Object value = row;
        for (String step : path.split("\\.")) {
            if (mixed && value instanceof List) {
                return Cursor.unordered(sort, id);
            }
            value = value instanceof Document document ? document.get(step) : null;
        }
        if (mixed && (value instanceof List || value instanceof Document)) {
            return Cursor.unordered(sort, id);
        }
        return new Cursor(sort, At.VALUE, carried(value), id);
    }

    /** The rows behind a cursor, among those that are ordered as it is. */
    Document after(Cursor cursor) {
        Document later = new Document(ID, new Document(beyond(), cursor.id()));
        if (path.equals(ID) || cursor.at() == At.UNORDERED) {
            return later;
        }
        Object value = MongoFilters.stored(cursor.value());
        List<Document> rest = new ArrayList<>();
        if (value == null) {
            rest.add(MongoFilters.and(List.of(new Document(path, null), later)));
            if (ascending()) {
                rest.add(new Document(path, new Document("$ne", null)));
            }
        } else {
            rest.add(MongoFilters.and(List.of(new Document(path, new Document("$eq", value)), later)));
            rest.add(new Document(path, new Document(beyond(), value)));
            if (!ascending()) {
                rest.add(new Document(path, null));
            }
            if (mixed && !otherTypes(value).isEmpty()) {
                rest.add(new Document(path, new Document("$type", otherTypes(value))));
            }
        }
        return rest.size() == 1 ? rest.getFirst() : new Document("$or", rest);
    }

    private List<Document> orderedParts() {
        List<Document> parts = new ArrayList<>();
        for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
            parts.add(not(path.substring(0, dot), "array"));
        }
        parts.add(not(path, "array"));
        parts.add(not(path, "object"));
        return parts;
    }

    private static Document not(String path, String type) {
        return new Document(path, new Document("$not", new Document("$type", type)));
    }

    /** The types that come after the value's own. */
    private List<String> otherTypes(Object value) {
        int own = value instanceof Number ? 0 : value instanceof String ? 1 : value instanceof Boolean ? 2 : 3;
        return ascending() ? TYPES.subList(own + 1, TYPES.size()) : TYPES.subList(0, own);
    }

    private boolean ascending() {
        return sort.direction() == Direction.ASC;
    }

    private int way() {
        return ascending() ? 1 : -1;
    }

    private String beyond() {
        return ascending() ? "$gt" : "$lt";
    }

    private static @Nullable Object carried(@Nullable Object value) {
        if (value instanceof Date date) {
            return Instant.ofEpochMilli(date.getTime());
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value instanceof Decimal128 decimal ? decimal.bigDecimalValue() : value;
    }
}
