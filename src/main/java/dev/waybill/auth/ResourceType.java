package dev.waybill.auth;

import dev.waybill.platform.web.WireName;

/** What a scope can name. Those that Waybill does not have are kept as they are given and narrow nothing. */
enum ResourceType implements WireName {
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
    ALERT
}
