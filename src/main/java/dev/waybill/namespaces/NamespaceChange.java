package dev.waybill.namespaces;

import dev.waybill.platform.json.Change;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A validated partial update of a namespace.
 *
 * @param name null leaves it unchanged
 * @param autoCreateIndexes null leaves it unchanged
 */
record NamespaceChange(
        @Nullable String name,
        Change<String> description,
        Change<List<PayloadIndex>> payloadIndexes,
        @Nullable Boolean autoCreateIndexes,
        Change<Map<String, Object>> infrastructure) {

    boolean isEmpty() {
        return name == null
                && !description.given()
                && !payloadIndexes.given()
                && autoCreateIndexes == null
                && !infrastructure.given();
    }
}
