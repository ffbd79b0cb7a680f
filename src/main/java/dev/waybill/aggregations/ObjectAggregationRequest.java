package dev.waybill.aggregations;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body of an aggregation over a bucket's objects. */
@Schema(
        name = "ObjectAggregationRequest",
        example = "{\"group_by\": [{\"field\": \"metadata.campaign\", \"alias\": \"campaign\"}], "
                + "\"aggregations\": [{\"function\": \"count\", \"alias\": \"objects\"}]}")
record ObjectAggregationRequest(
        @Schema(description = "What makes a group: 1 to 8 fields.", requiredMode = Schema.RequiredMode.REQUIRED)
        @NotNull
        @Size(min = 1, max = 8)
        List<@Valid @NotNull GroupByField> groupBy,

        @Schema(description = "What is computed of each group: 1 to 20.", requiredMode = Schema.RequiredMode.REQUIRED)
        @NotNull
        @Size(min = 1, max = 20)
        List<@Valid @NotNull AggregationOperation> aggregations,

        @Schema(description = "Conditions on the objects, as in the list.", example = "{\"status\": \"DRAFT\"}")
        @Nullable
        Map<String, Object> filters,

        @Schema(description = "Conditions on the groups; all must hold.") @Size(max = 10) @Nullable
        List<@Valid @NotNull HavingCondition> having,

        @Schema(
                description =
                        "An array whose elements are counted one by one: `blobs`, or a path in `metadata`. Objects "
                                + "without elements are left out.",
                example = "blobs")
        @Size(min = 1, max = 200)
        @Nullable
        String unwind,

        @Schema(
                description =
                        "Ranges of numbers that take the place of the field's values in the groups; a field that is "
                                + "not in `group_by` makes groups by itself, under `<field>_range`.")
        @Size(max = 4)
        @Nullable
        List<@Valid @NotNull RangeBucket> rangeBuckets,

        @Schema(description = "An alias; the first aggregation's, if left out.", example = "objects") @Nullable
        String sortBy,

        @Schema(
                description = "`asc` or `desc`.",
                allowableValues = {"asc", "desc"},
                defaultValue = "desc")
        @Pattern(regexp = "asc|desc", message = "must be 'asc' or 'desc'")
        @Nullable
        String sortDirection,

        @Schema(description = "How many groups to answer, at most 1000.", defaultValue = "100", example = "10")
        @Min(1)
        @Max(1000)
        @Nullable
        Integer limit) {

    private static final int DEFAULT_LIMIT = 100;

    int limitOrDefault() {
        return limit == null ? DEFAULT_LIMIT : limit;
    }

    /** A field that objects are grouped by. */
    @Schema(name = "GroupByField")
    record GroupByField(
            @Schema(
                    description = "A field that lists can be filtered by.",
                    example = "created_at",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @NotNull
            @Size(min = 1, max = 200)
            String field,

            @Schema(description = "What the answer calls it; the field's name, if left out.", example = "month")
            @Size(min = 1, max = 100)
            @Nullable
            String alias,

            @Schema(
                    description =
                            "Cuts dates down, in UTC: the answer holds the beginning of each span. Weeks begin on "
                                    + "Sunday.",
                    allowableValues = {"year", "month", "week", "day", "hour", "minute", "second"},
                    example = "month")
            @Pattern(
                    regexp = "year|month|week|day|hour|minute|second",
                    message = "must be one of year, month, week, day, hour, minute, second")
            @Nullable
            String dateTrunc,

            @Schema(
                    description = "Takes one number out of dates, in UTC. `week` counts from 0 and begins on Sunday; "
                            + "`dayOfWeek` is 1 for Sunday.",
                    allowableValues = {
                        "year",
                        "month",
                        "week",
                        "day",
                        "dayOfWeek",
                        "dayOfYear",
                        "hour",
                        "minute",
                        "second"
                    },
                    example = "dayOfWeek")
            @Pattern(
                    regexp = "year|month|week|day|dayOfWeek|dayOfYear|hour|minute|second",
                    message = "must be one of year, month, week, day, dayOfWeek, dayOfYear, hour, minute, second")
            @Nullable
            String datePart) {

        String name() {
            return alias == null ? field : alias;
        }
    }

    /** A metric computed per group. */
    @Schema(name = "AggregationOperation")
    record AggregationOperation(
            @Schema(
                    description =
                            "`count` without a field counts objects, with one the values that are there. `first` and "
                                    + "`last` go by age. `push` and `add_to_set` answer at most 1000 values.",
                    allowableValues = {
                        "count",
                        "count_distinct",
                        "sum",
                        "avg",
                        "min",
                        "max",
                        "first",
                        "last",
                        "push",
                        "add_to_set"
                    },
                    example = "sum",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @NotNull
            @Pattern(
                    regexp = "count|count_distinct|sum|avg|min|max|first|last|push|add_to_set",
                    message = "must be one of count, count_distinct, sum, avg, min, max, first, last, push, add_to_set")
            String function,

            @Schema(description = "The field; every function but `count` needs one.", example = "size_bytes")
            @Size(min = 1, max = 200)
            @Nullable
            String field,

            @Schema(
                    description = "What the answer calls it.",
                    example = "bytes",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @NotNull
            @Size(min = 1, max = 100)
            String alias,

            @Schema(description = "The field of `count_distinct`, if `field` is left out.", example = "metadata.sku")
            @Size(min = 1, max = 200)
            @Nullable
            String distinctField) {}

    /** A condition on groups. */
    @Schema(name = "HavingCondition")
    record HavingCondition(
            @Schema(
                    description = "The alias of an aggregation.",
                    example = "objects",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @NotNull
            String field,

            @Schema(
                    description = "How the metric compares with the value.",
                    allowableValues = {"eq", "ne", "gt", "gte", "lt", "lte"},
                    example = "gte",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @NotNull
            @Pattern(regexp = "eq|ne|gt|gte|lt|lte", message = "must be one of eq, ne, gt, gte, lt, lte")
            String operator,

            @Schema(description = "A number or a text.", example = "10", requiredMode = Schema.RequiredMode.REQUIRED)
            @NotNull
            Object value) {}

    /** Ranges of numbers that a field is grouped by. */
    @Schema(name = "RangeBucket")
    record RangeBucket(
            @Schema(
                    description = "A field that holds numbers.",
                    example = "price",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @NotNull
            @Size(min = 1, max = 200)
            String field,

            @Schema(
                    description =
                            "1 to 100 ascending numbers. Two neighbours make a range, the upper one left out; it is "
                                    + "called `0-10`.",
                    example = "[0, 10, 100]",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @NotNull
            @Size(min = 1, max = 100)
            List<@NotNull Number> boundaries,

            @Schema(description = "What values in no range are called; null, if left out.", example = "other")
            @Size(max = 100)
            @JsonProperty("default_bucket")
            @Nullable
            String defaultBucket) {}
}
