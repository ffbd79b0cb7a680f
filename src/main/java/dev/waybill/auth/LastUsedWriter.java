package dev.waybill.auth;

import java.time.Instant;

/** Writes down when keys were used; implemented by who keeps them. */
public interface LastUsedWriter {

    /** Notes a use, unless one was noted since {@code before}. */
    void touch(String keyId, Instant now, Instant before);
}
