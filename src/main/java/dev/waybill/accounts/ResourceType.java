package dev.waybill.accounts;

import dev.waybill.platform.json.WireName;

/** Types of resources that a scope can name. Those that Waybill does not have are stored as sent and narrow nothing. */
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
