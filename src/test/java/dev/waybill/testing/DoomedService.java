package dev.waybill.testing;

import java.net.URI;

/** A service that is going to crash at a fault point: a process of its own, or a {@link CrashableService}. */
interface DoomedService extends AutoCloseable {

    URI base();

    /** A client with the administrator's key. */
    default WaybillClient client() {
        return WaybillClient.of(base()).withKey(ServiceUnderTest.API_KEY);
    }

    /** Waits for the crash. */
    void awaitDeath();

    @Override
    void close();
}
