package dev.waybill.platform.ratelimit;

import java.util.OptionalLong;

/** The shared counter is unavailable: each instance counts locally. */
class AwayCounterTests extends RateLimiterContract {

    @Override
    SharedCounter counter() {
        return (key, amount, ttl) -> OptionalLong.empty();
    }
}
