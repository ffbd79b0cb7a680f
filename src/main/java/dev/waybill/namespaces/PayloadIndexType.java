package dev.waybill.namespaces;

import dev.waybill.platform.web.WireName;

/** What an indexed field of a document's payload holds. */
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
