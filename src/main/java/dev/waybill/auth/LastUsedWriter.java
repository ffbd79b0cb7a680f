package dev.waybill.auth;

import java.time.Instant;

/** Port for recording when API keys were last used; implemented by the module that stores them. */
public interface LastUsedWriter {

    /** Records a use, unless one was recorded since {@code before}. */
    void touch(String keyId, Instant now, Instant before);
}
