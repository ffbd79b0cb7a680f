package dev.waybill.syncs.filters;

import dev.waybill.platform.json.WireName;

/** Operator of a metadata filter; in JSON in lower case. */
enum Operator implements WireName {
    EQUALS,
    NOT_EQUALS,
    CONTAINS,
    NOT_CONTAINS,
    GT,
    LT,
    GTE,
    LTE,
    EXISTS;

    boolean isOrder() {
        return this == GT || this == LT || this == GTE || this == LTE;
    }

    boolean isContains() {
        return this == CONTAINS || this == NOT_CONTAINS;
    }

    boolean isNegated() {
        return this == NOT_EQUALS || this == NOT_CONTAINS;
    }
}
