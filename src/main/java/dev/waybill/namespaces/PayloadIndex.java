package dev.waybill.namespaces;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An index over a field of documents' payload.
 *
 * @param schema the type's own settings, kept as they were given; null when there were none
 * @param guarded whether the index may not be dropped
 */
record PayloadIndex(
        String fieldName, PayloadIndexType type, @Nullable Map<String, Object> schema, boolean guarded) {}
