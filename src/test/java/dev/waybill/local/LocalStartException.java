package dev.waybill.local;

/** Something outside of the program keeps the local services from starting; the message says what to do about it. */
public final class LocalStartException extends RuntimeException {

    public LocalStartException(String message) {
        super(message);
    }
}
