package dev.waybill.syncs.mapping;

import org.jspecify.annotations.Nullable;

/**
 * A field entry of a mapping: a field of objects and the source of its value.
 *
 * @param target the field's name
 * @param transform null for none
 * @param isRequired whether a file without the value is refused
 */
record FieldEntry(
        String target, ValueSource source, @Nullable Transform transform, boolean isRequired) {

    /**
     * The value, a JSON value, or {@link ValueSource#MISSING}.
     *
     * @throws IllegalArgumentException when the transform does not accept it
     */
    @Nullable
    Object of(SourceFacts sourceFacts) {
        Object found = source.of(sourceFacts);
        return transform != null && found instanceof String text ? transform.of(text) : found;
    }
}
