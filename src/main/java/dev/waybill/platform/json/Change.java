package dev.waybill.platform.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A field of a partial update, which distinguishes a field that was left out (nothing changes) from one that was sent
 * as null (it is cleared).
 *
 * @param given whether the field was sent at all
 * @param value what was sent; null when nothing or JSON's null was
 */
@JsonDeserialize(using = ChangeDeserializer.class)
public record Change<T>(boolean given, @Nullable T value) {

    /** The field was left out. */
    public static <T> Change<T> none() {
        return new Change<>(false, null);
    }

    /** The field was sent with this value; null clears it. */
    public static <T> Change<T> to(@Nullable T value) {
        return new Change<>(true, value);
    }

    /** The change, or none where the request record was made without one. */
    public static <T> Change<T> orNone(@Nullable Change<T> change) {
        return change == null ? none() : change;
    }

    /** What the field is set to, where null means that it stays; what is cleared is set to {@code empty}. */
    public @Nullable T orEmpty(T empty) {
        return given && value == null ? empty : value;
    }

    /** What the field holds afterwards. */
    public @Nullable T orElse(@Nullable T current) {
        return given ? value : current;
    }
}
