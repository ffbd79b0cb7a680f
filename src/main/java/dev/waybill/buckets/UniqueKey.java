package dev.waybill.buckets;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields that tell a bucket's objects apart.
 *
 * @param fields at least one, each declared in the schema
 * @param defaultPolicy insert, update or upsert; null means insert
 */
public record UniqueKey(List<String> fields, @Nullable String defaultPolicy) {

    public UniqueKey {
        fields = List.copyOf(fields);
    }
}
