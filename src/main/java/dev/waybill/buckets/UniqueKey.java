package dev.waybill.buckets;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unique key of a bucket: the fields whose values distinguish its objects.
 *
 * @param fields at least one, each declared in the schema
 * @param defaultPolicy insert, update or upsert; null means insert
 */
public record UniqueKey(List<String> fields, @Nullable String defaultPolicy) {

    public UniqueKey {
        fields = List.copyOf(fields);
    }
}
