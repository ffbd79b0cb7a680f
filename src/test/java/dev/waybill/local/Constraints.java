package dev.waybill.local;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a query on single fields that an index can use: every document that matches the query fulfils them.
 * The rest of the query is evaluated on the documents.
 */
final class Constraints {

    private static final int MOST_ALTERNATIVES = 1000;

    private final Map<String, List<Object>> oneOf = new HashMap<>();
    private final Map<String, Object> least = new HashMap<>();
    private final Map<String, Object> most = new HashMap<>();

    private Constraints() {}

    static Constraints of(Document query) {
        Constraints constraints = new Constraints();
        constraints.read(query);
        return constraints;
    }

    /** The values of which the field has one, in the form that an index stores; null if unconstrained. */
    @Nullable
    List<Object> oneOf(String field) {
        return oneOf.get(field);
    }

    /** The lower bound of the field's value; null if unconstrained. */
    @Nullable
    Object least(String field) {
        return least.get(field);
    }

    /** The upper bound of the field's value; null if unconstrained. */
    @Nullable
    Object most(String field) {
        return most.get(field);
    }

    private void read(Document query) {
        query.forEach((key, value) -> {
            if (key.equals("$and") && value instanceof Collection<?> all) {
                all.forEach(one -> {
                    if (one instanceof Document part) {
                        read(part);
                    }
                });
            } else if (!key.startsWith("$")) {
                readField(key, value);
            }
        });
    }

    private void readField(String field, @Nullable Object condition) {
        if (!(condition instanceof Document expression)) {
            equal(field, condition);
            return;
        }
        expression.forEach((operator, value) -> {
            switch (operator) {
                case "$eq" -> equal(field, value);
                case "$in" -> in(field, value);
                case "$gt", "$gte" -> bound(least, field, value);
                case "$lt", "$lte" -> bound(most, field, value);
                default -> {}
            }
        });
    }

    private void equal(String field, @Nullable Object value) {
        if (isPlain(value)) {
            oneOf.put(field, List.of(normalized(value)));
        }
    }

    private void in(String field, @Nullable Object operand) {
        if (operand instanceof Collection<?> values
                && values.size() <= MOST_ALTERNATIVES
                && values.stream().allMatch(Constraints::isPlain)) {
            // in the order in which an index is walked through
            Set<Object> alternatives = new TreeSet<>(ValueComparator.asc());
            values.forEach(value -> alternatives.add(normalized(value)));
            oneOf.putIfAbsent(field, List.copyOf(alternatives));
        }
    }

    private static void bound(Map<String, Object> bounds, String field, @Nullable Object value) {
        if (isPlain(value)) {
            bounds.put(field, normalized(value));
        }
    }

    /** Null matches a missing field too, and lists and documents have rules of comparison of their own. */
    private static boolean isPlain(@Nullable Object value) {
        return value != null
                && !(value instanceof Collection)
                && !(value instanceof Document)
                && !BsonRegularExpression.isRegularExpression(value);
    }

    private static Object normalized(@Nullable Object value) {
        return new KeyValue(value).normalized().get(0);
    }
}
