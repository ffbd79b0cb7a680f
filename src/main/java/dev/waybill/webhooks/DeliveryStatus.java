package dev.waybill.webhooks;

/** Where a delivery stands. */
enum DeliveryStatus {
    /** It waits for its next attempt. */
    PENDING,
    /** The receiver took it. */
    DELIVERED,
    /** It was given up. */
    DEAD,
    /** There is nobody any more to deliver it to. */
    CANCELED
}
