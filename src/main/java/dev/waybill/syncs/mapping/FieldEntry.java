package dev.waybill.syncs.mapping;

import org.jspecify.annotations.Nullable;

/**
 * A field of objects and where its value comes from.
 *
 * @param target the field's name
 * @param transform null for none
 * @param isRequired whether a file without the value becomes nothing
 */
record FieldEntry(
        String target, ValueSource source, @Nullable Transform transform, boolean isRequired) {

    /**
     * The value, a JSON value, or {@link ValueSource#MISSING}.
     *
     * @throws IllegalArgumentException when it is not what the transform takes
     */
    @Nullable
    Object of(SourceFacts sourceFacts) {
        Object found = source.of(sourceFacts);
        return transform != null && found instanceof String text ? transform.of(text) : found;
    }
}
