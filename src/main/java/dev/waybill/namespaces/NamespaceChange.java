package dev.waybill.namespaces;

import dev.waybill.platform.web.Change;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a namespace is to change, checked.
 *
 * @param name null leaves it
 * @param autoCreateIndexes null leaves it
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
