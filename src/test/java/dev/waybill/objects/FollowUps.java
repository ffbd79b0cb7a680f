package dev.waybill.objects;

import dev.waybill.testing.ServiceUnderTest;
import java.time.Instant;
import java.time.InstantSource;

/** Repeats the follow-ups of all rows at once, for tests that cannot wait for the walk. */
public final class FollowUps {

    private FollowUps() {}

    /** Runs the service's walk over all rows of the last days once more. */
    public static void repeat(ServiceUnderTest service) {
        Instant now = service.bean(InstantSource.class).instant();
        service.bean(ObjectWalk.class).walk(now.minus(ObjectWalk.WHOLE), now);
    }
}
