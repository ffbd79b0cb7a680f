package dev.waybill.local;

/** An index that narrows what a query has to look at. */
interface Narrowing {

    /** How much it narrows: 0 not at all, and the more the better. */
    int worth(Constraints constraints);
}
