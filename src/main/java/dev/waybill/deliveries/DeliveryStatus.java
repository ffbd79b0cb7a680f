package dev.waybill.deliveries;

/** The status of a delivery. */
enum DeliveryStatus {
    /** It waits for its next attempt. */
    PENDING,
    /** The receiver accepted it. */
    DELIVERED,
    /** A dead letter: it was given up. */
    DEAD,
    /** Its webhook or channel was deleted. */
    CANCELED
}
