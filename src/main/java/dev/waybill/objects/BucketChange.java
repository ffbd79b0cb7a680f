package dev.waybill.objects;

import java.time.Instant;

/**
 * A bucket whose objects changed.
 *
 * @param lastChange when the latest change that was seen was made, by the clock of who made it
 */
record BucketChange(BucketPlace place, Instant lastChange) {}
