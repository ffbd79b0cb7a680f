package dev.waybill.auth;

import java.util.OptionalLong;

/** The counter never answers: each instance counts for itself. */
class AwayCounterTests extends RateLimiterContract {

    @Override
    SharedCounter counter() {
        return (key, amount, ttl) -> OptionalLong.empty();
    }
}
