package dev.waybill.namespaces;

import dev.waybill.platform.json.WireName;

/** Type of an indexed field of a document's payload. */
enum PayloadIndexType implements WireName {
    KEYWORD,
    INTEGER,
    FLOAT,
    BOOL,
    GEO,
    DATETIME,
    TEXT,
    UUID
}
