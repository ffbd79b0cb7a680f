package dev.waybill.accounts;

import dev.waybill.platform.errors.InvalidRequest;
import java.util.Map;

/** Validation of user metadata, which is stored as sent; only keys that the database cannot hold are refused. */
final class Metadata {

    private Metadata() {}

    static void check(Object value) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((key, inner) -> {
                    checkKey(String.valueOf(key));
                    if (inner != null) {
                        check(inner);
                    }
                });
            case Iterable<?> list ->
                list.forEach(inner -> {
                    if (inner != null) {
                        check(inner);
                    }
                });
            default -> {
                // A plain value is fine.
            }
        }
    }

    private static void checkKey(String key) {
        if (key.startsWith("$") || key.indexOf('\0') >= 0) {
            throw InvalidRequest.field(
                    "metadata", "keys must not start with '$' nor hold the character NUL", "value_error");
        }
    }
}
