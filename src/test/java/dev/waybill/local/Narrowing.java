package dev.waybill.local;

/** An index that narrows the documents that a query has to read. */
interface Narrowing {

    /** How much it narrows: 0 not at all, and the more the better. */
    int worth(Constraints constraints);
}
