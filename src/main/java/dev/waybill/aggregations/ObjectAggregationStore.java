package dev.waybill.aggregations;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.waybill.aggregations.ObjectAggregation.Cut;
import dev.waybill.aggregations.ObjectAggregation.Having;
import dev.waybill.aggregations.ObjectAggregation.Key;
import dev.waybill.aggregations.ObjectAggregation.Metric;
import dev.waybill.aggregations.ObjectAggregationResponse.AggregationResult;
import dev.waybill.buckets.BucketId;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.mongo.JsonValues;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.Fields.Field;
import dev.waybill.platform.query.Fields.Kind;
import dev.waybill.platform.query.Instants;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Sort;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Aggregations over objects in MongoDB. Names from requests never get into the pipeline: keys are {@code _id.k0} and
 * on, metrics {@code m0} and on.
 */
@Component
class ObjectAggregationStore {

    /** More groups than this are of no use; it also bounds the memory of a request. */
    static final int MAX_GROUPS = 10_000;

    /** The maximum number of values that push and add_to_set return. */
    static final int MAX_VALUES = 1000;

    private final MongoPages pages;

    ObjectAggregationStore(MongoPages pages) {
        this.pages = pages;
    }

    /** All groups, in the requested order. */
    List<AggregationResult> groups(Scope scope, BucketId bucket, ObjectAggregation aggregation, Fields fields) {
        ListQuery query = ListQuery.first(1, Sort.descending("created_at")).withFilter(aggregation.filter());
        Document matching = pages.match(
                AggregatedEntity.class,
                where("namespace_id")
                        .is(scope.namespace().value())
                        .and("bucket_id")
                        .is(bucket.value()),
                query,
                fields);
        List<Document> rows = pages.aggregate(AggregatedEntity.class, pipeline(matching, aggregation));
        if (rows.size() > MAX_GROUPS) {
            throw new WaybillException(
                    ErrorCode.TOO_MANY_GROUPS,
                    "There are more than %d groups; group by something coarser, or filter".formatted(MAX_GROUPS),
                    Map.of("limit", MAX_GROUPS));
        }
        return rows.stream().map(row -> group(row, aggregation)).toList();
    }

    private static List<Document> pipeline(Document matching, ObjectAggregation aggregation) {
        List<Document> stages = new ArrayList<>();
        stages.add(new Document("$match", matching));
        if (aggregation.metrics().stream()
                .anyMatch(metric -> Stream.of("first", "last").anyMatch(metric.function()::equals))) {
            stages.add(new Document("$sort", new Document("created_at", 1).append("_id", 1)));
        }
        if (aggregation.unwound() != null) {
            stages.add(new Document("$unwind", "$" + aggregation.unwound()));
        }
        stages.add(new Document("$group", grouping(aggregation)));
        Document finished = finished(aggregation);
        if (!finished.isEmpty()) {
            stages.add(new Document("$addFields", finished));
        }
        if (!aggregation.having().isEmpty()) {
            stages.add(new Document(
                    "$match",
                    new Document(
                            "$and",
                            aggregation.having().stream()
                                    .map(ObjectAggregationStore::having)
                                    .toList())));
        }
        stages.add(new Document("$sort", order(aggregation)));
        stages.add(new Document("$limit", MAX_GROUPS + 1));
        return stages;
    }

    private static Document grouping(ObjectAggregation aggregation) {
        Document id = new Document();
        for (int i = 0; i < aggregation.keys().size(); i++) {
            id.append("k" + i, GroupKeyExpression.of(aggregation.keys().get(i)));
        }
        Document grouping = new Document("_id", id);
        for (int i = 0; i < aggregation.metrics().size(); i++) {
            grouping.append("m" + i, accumulator(aggregation.metrics().get(i)));
        }
        return grouping;
    }

    private static Document accumulator(Metric metric) {
        String path = metric.field().map(field -> "$" + field.path()).orElse("");
        return switch (metric.function()) {
            case "count" ->
                new Document(
                        "$sum",
                        path.isEmpty()
                                ? 1
                                : new Document("$cond", List.of(new Document("$gt", Arrays.asList(path, null)), 1, 0)));
            case "count_distinct", "add_to_set" -> new Document("$addToSet", path);
            default -> new Document("$" + metric.function(), path);
        };
    }

    /** What the group stage cannot compute: counts of distinct values and bounded lists. */
    private static Document finished(ObjectAggregation aggregation) {
        Document finished = new Document();
        for (int i = 0; i < aggregation.metrics().size(); i++) {
            String name = "m" + i;
            switch (aggregation.metrics().get(i).function()) {
                case "count_distinct" ->
                    finished.append(
                            name,
                            new Document(
                                    "$size",
                                    new Document("$setDifference", List.of("$" + name, Arrays.asList((Object) null)))));
                case "push", "add_to_set" ->
                    finished.append(name, new Document("$slice", List.of("$" + name, MAX_VALUES)));
                default -> {}
            }
        }
        return finished;
    }

    private static Document having(Having condition) {
        return new Document("m" + condition.metric(), new Document("$" + condition.operator(), condition.value()));
    }

    private static Document order(ObjectAggregation aggregation) {
        int keys = aggregation.keys().size();
        String by = aggregation.sortBy() < keys ? "_id.k" + aggregation.sortBy() : "m" + (aggregation.sortBy() - keys);
        Document order = new Document(by, aggregation.ascending() ? 1 : -1);
        for (int i = 0; i < keys; i++) {
            order.putIfAbsent("_id.k" + i, 1);
        }
        return order;
    }

    private static AggregationResult group(Document row, ObjectAggregation aggregation) {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        Document id = row.get("_id", Document.class);
        for (int i = 0; i < aggregation.keys().size(); i++) {
            Key key = aggregation.keys().get(i);
            Object value = id.get("k" + i);
            keys.put(key.alias(), key.cut() == Cut.TRUNC ? start(key, value) : toJson(key.field(), value));
        }
        Map<String, @Nullable Object> metrics = new LinkedHashMap<>();
        for (int i = 0; i < aggregation.metrics().size(); i++) {
            Metric metric = aggregation.metrics().get(i);
            Object value = row.get("m" + i);
            metrics.put(
                    metric.alias(),
                    metric.field().map(field -> toJson(field, value)).orElseGet(() -> toJson(value)));
        }
        return new AggregationResult(nullsAllowed(keys), nullsAllowed(metrics));
    }

    private static @Nullable Object start(Key key, @Nullable Object value) {
        if (!(value instanceof Number number)) {
            return null;
        }
        long count = number.longValue();
        return switch (String.valueOf(key.unit())) {
            case "year" -> midnight((int) count, 1);
            case "month" -> midnight((int) Math.floorDiv(count, 12L), (int) Math.floorMod(count, 12L) + 1);
            default -> Instant.ofEpochMilli(count);
        };
    }

    private static Instant midnight(int year, int month) {
        return LocalDate.of(year, month, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** Instants are stored in a canonical form. */
    private static @Nullable Object toJson(Field field, @Nullable Object value) {
        if (field.kind() != Kind.DATETIME) {
            return toJson(value);
        }
        return switch (value) {
            case String text -> Instants.read(text).map(Instant::toString).orElse(text);
            case List<?> list ->
                list.stream()
                        .filter(one -> one != null)
                        .map(one -> toJson(field, one))
                        .toList();
            case null -> null;
            default -> toJson(value);
        };
    }

    private static @Nullable Object toJson(@Nullable Object value) {
        return switch (value) {
            case Date date -> date.toInstant();
            case List<?> list ->
                list.stream().map(ObjectAggregationStore::toJson).toList();
            case null -> null;
            default -> JsonValues.fromStored(value);
        };
    }

    @SuppressWarnings("NullAway") // JSON maps hold nulls
    private static Map<String, Object> nullsAllowed(Map<String, @Nullable Object> map) {
        return map;
    }
}
