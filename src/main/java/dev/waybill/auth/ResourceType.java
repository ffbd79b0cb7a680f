package dev.waybill.auth;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a scope can name. Those that Waybill does not have are kept as they are given and narrow nothing. */
enum ResourceType {
    ORGANIZATION,
    USER,
    API_KEY,
    NAMESPACE,
    COLLECTION,
    BUCKET,
    RETRIEVER,
    CLUSTER,
    TAXONOMY,
    STORAGE_CONNECTION,
    ALERT;

    @JsonValue
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
