package dev.waybill.objects;

import dev.waybill.testing.ServiceUnderTest;
import java.time.Instant;
import java.time.InstantSource;

/** What follows of rows, at once and for all of them, however often that was done before. */
public final class FollowUps {

    private FollowUps() {}

    /** Has the service's walk look at every row of the last days once more. */
    public static void repeat(ServiceUnderTest service) {
        Instant now = service.bean(InstantSource.class).instant();
        service.bean(ObjectWalk.class).walk(now.minus(ObjectWalk.WHOLE), now);
    }
}
