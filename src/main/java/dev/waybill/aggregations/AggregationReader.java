package dev.waybill.aggregations;

import static dev.waybill.platform.errors.Violations.below;

import dev.waybill.aggregations.ObjectAggregation.Cut;
import dev.waybill.aggregations.ObjectAggregation.Having;
import dev.waybill.aggregations.ObjectAggregation.Key;
import dev.waybill.aggregations.ObjectAggregation.Metric;
import dev.waybill.aggregations.ObjectAggregationRequest.AggregationOperation;
import dev.waybill.aggregations.ObjectAggregationRequest.GroupByField;
import dev.waybill.aggregations.ObjectAggregationRequest.HavingCondition;
import dev.waybill.aggregations.ObjectAggregationRequest.RangeBucket;
import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.Fields.Field;
import dev.waybill.platform.query.Fields.Kind;
import dev.waybill.platform.query.FilterParser;
import dev.waybill.platform.query.Instants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Parser and validator of aggregation requests; fields are checked against the same list as those of filters. */
final class AggregationReader {

    /** Functions that compare values; the others return them as they were sent. */
    private static final Set<String> BY_VALUE = Set.of("min", "max", "count_distinct", "add_to_set");

    private final Fields compared;
    private final Fields fields;
    private final ObjectAggregationRequest request;
    private final Violations violations = new Violations();
    private final Map<String, RangeBucket> ranges = new HashMap<>();
    private final List<String> aliases = new ArrayList<>();

    private AggregationReader(Fields compared, Fields fields, ObjectAggregationRequest request) {
        this.compared = compared;
        this.fields = fields;
        this.request = request;
    }

    /**
     * Parses a request.
     *
     * @param compared the fields as filters compare them
     * @param values the fields as they are returned; what is grouped by, or made distinct, is compared as in filters
     * @throws dev.waybill.platform.errors.InvalidRequest naming everything that is wrong
     */
    static ObjectAggregation read(ObjectAggregationRequest request, Fields compared, Fields values) {
        return new AggregationReader(compared, values, request).read();
    }

    private ObjectAggregation read() {
        List<Key> keys = keys();
        List<Metric> metrics = metrics();
        unique();
        List<Having> having = having(metrics);
        String unwound = unwound();
        int sortBy = sortBy(keys.size());
        violations.refuse();
        return new ObjectAggregation(
                FilterParser.parse(request.filters(), compared),
                unwound,
                keys,
                metrics,
                having,
                sortBy,
                "asc".equals(request.sortDirection()),
                request.limitOrDefault());
    }

    private List<Key> keys() {
        readRanges();
        List<Key> keys = new ArrayList<>();
        Set<String> grouped = new HashSet<>();
        for (int i = 0; i < request.groupBy().size(); i++) {
            GroupByField by = request.groupBy().get(i);
            grouped.add(by.field());
            key(by, List.of("body", "group_by", i)).ifPresent(keys::add);
            aliases.add(by.name());
        }
        ranges.forEach((name, range) -> {
            if (!grouped.contains(name)) {
                String alias = name + "_range";
                aliases.add(alias);
                fields.find(name).ifPresent(field -> keys.add(new Key(alias, field, Cut.RANGE, null, range)));
            }
        });
        return keys;
    }

    private Optional<Key> key(GroupByField by, List<Object> at) {
        RangeBucket range = ranges.get(by.field());
        if (by.dateTrunc() != null && by.datePart() != null) {
            violations.add(at, "must have date_trunc or date_part, not both", "value_error");
        }
        if (range != null && (by.dateTrunc() != null || by.datePart() != null)) {
            violations.add(at, "cannot be cut as a date and put into range_buckets", "value_error");
        }
        Optional<Field> field = field(by.field(), below(at, "field"));
        boolean dated = by.dateTrunc() != null || by.datePart() != null;
        if (dated && field.map(Field::kind).filter(AggregationReader::mayBeDate).isEmpty() && field.isPresent()) {
            violations.add(below(at, "field"), "'%s' holds no dates".formatted(by.field()), "value_error");
        }
        return field.map(value -> instant(by.field(), value)).map(found -> {
            if (range != null) {
                return new Key(by.name(), found, Cut.RANGE, null, range);
            }
            Cut cut = by.dateTrunc() != null ? Cut.TRUNC : by.datePart() != null ? Cut.PART : Cut.NONE;
            return new Key(by.name(), found, cut, by.dateTrunc() != null ? by.dateTrunc() : by.datePart(), null);
        });
    }

    private void readRanges() {
        if (request.rangeBuckets() == null) {
            return;
        }
        for (int i = 0; i < request.rangeBuckets().size(); i++) {
            RangeBucket range = request.rangeBuckets().get(i);
            List<Object> at = List.of("body", "range_buckets", i);
            field(range.field(), below(at, "field"));
            for (int b = 1; b < range.boundaries().size(); b++) {
                if (range.boundaries().get(b - 1).doubleValue()
                        >= range.boundaries().get(b).doubleValue()) {
                    violations.add(below(at, "boundaries"), "must ascend", "value_error");
                    break;
                }
            }
            if (ranges.put(range.field(), range) != null) {
                violations.add(below(at, "field"), "'%s' has ranges already".formatted(range.field()), "value_error");
            }
        }
    }

    private List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        for (int i = 0; i < request.aggregations().size(); i++) {
            AggregationOperation operation = request.aggregations().get(i);
            List<Object> at = List.of("body", "aggregations", i);
            aliases.add(operation.alias());
            String name = operation.field() == null && operation.function().equals("count_distinct")
                    ? operation.distinctField()
                    : operation.field();
            Optional<Field> field = name == null ? Optional.empty() : field(name, below(at, "field"));
            if (name == null && !operation.function().equals("count")) {
                violations.add(below(at, "field"), "'%s' needs a field".formatted(operation.function()), "missing");
            }
            Optional<Field> taken = BY_VALUE.contains(operation.function()) && name != null
                    ? field.map(value -> instant(name, value))
                    : field;
            metrics.add(new Metric(operation.alias(), operation.function(), taken));
        }
        return metrics;
    }

    private void unique() {
        Set<String> seen = new HashSet<>();
        for (String alias : aliases) {
            if (!seen.add(alias)) {
                violations.add(List.of("body"), "the alias '%s' is used twice".formatted(alias), "value_error");
            }
        }
    }

    private List<Having> having(List<Metric> metrics) {
        List<Having> conditions = new ArrayList<>();
        List<HavingCondition> requested = request.having() == null ? List.of() : request.having();
        List<String> names = metrics.stream().map(Metric::alias).toList();
        for (int i = 0; i < requested.size(); i++) {
            HavingCondition condition = requested.get(i);
            List<Object> at = List.of("body", "having", i);
            int metric = names.indexOf(condition.field());
            if (metric < 0) {
                violations.add(
                        below(at, "field"),
                        "must be the alias of an aggregation: " + String.join(", ", names),
                        "value_error");
            } else if (!(condition.value() instanceof Number) && !(condition.value() instanceof String)) {
                violations.add(below(at, "value"), "must be a number or a text", "value_error");
            } else {
                conditions.add(new Having(metric, condition.operator(), operand(metrics.get(metric), condition, at)));
            }
        }
        return conditions;
    }

    /** A metric that is an instant is compared with an instant. */
    private Object operand(Metric metric, HavingCondition condition, List<Object> at) {
        Object value = condition.value();
        if (metric.field().filter(field -> field.kind() == Kind.DATETIME).isEmpty()
                || metric.function().equals("count_distinct")) {
            return value;
        }
        Optional<String> spelt =
                value instanceof String text ? Instants.read(text).map(Instants::spell) : Optional.empty();
        if (spelt.isEmpty()) {
            violations.add(
                    below(at, "value"), "must be an RFC 3339 date and time, such as 2026-01-31T09:30:00Z", "datetime");
        }
        return spelt.orElse("");
    }

    private @Nullable String unwound() {
        String path = request.unwind();
        if (path == null || path.equals("blobs")) {
            return path;
        }
        List<Object> at = List.of("body", "unwind");
        Optional<Field> field = field(path, at).filter(found -> found.kind() == Kind.ANY);
        if (field.isEmpty()) {
            violations.add(at, "must be an array: blobs, or a path in metadata", "value_error");
        }
        return field.map(Field::path).orElse(null);
    }

    private int sortBy(int keys) {
        String alias = request.sortBy();
        int index = alias == null ? keys : aliases.indexOf(alias);
        if (index < 0) {
            violations.add(
                    List.of("body", "sort_by"),
                    "must be one of the aliases: " + String.join(", ", aliases),
                    "value_error");
        }
        return index;
    }

    private Optional<Field> field(String name, List<Object> at) {
        boolean wellFormed = name.indexOf('\0') < 0;
        for (String part : name.split("\\.", -1)) {
            wellFormed &= !part.isEmpty() && !part.startsWith("$");
        }
        Optional<Field> field = wellFormed ? fields.find(name) : Optional.empty();
        if (field.isEmpty()) {
            violations.add(
                    at,
                    "'%s' is no field; known are %s".formatted(name, String.join(", ", new TreeSet<>(fields.names()))),
                    "unknown_field");
        }
        return field;
    }

    /** A date with a time is compared by its instant; every other field is unchanged. */
    private Field instant(String name, Field found) {
        return compared.find(name)
                .filter(other -> other.kind() == Kind.DATETIME)
                .orElse(found);
    }

    private static boolean mayBeDate(Kind kind) {
        return kind == Kind.INSTANT || kind == Kind.DATETIME || kind == Kind.ANY || kind == Kind.TEXT;
    }
}
