package dev.waybill.objects;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketContents;
import dev.waybill.objects.ObjectClaimStore.Holder;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;

/**
 * Decides who is first. A claim is made right before its object is written; should the object never come, because of a
 * crash, whoever wants the same later takes the claim over.
 */
@Component
class ObjectClaims implements BucketContents {

    /** How long an object may be on its way: far longer than the one write that is left to do. */
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final int BEFORE_OBJECTS = 150;
    private static final int MAX_CONTESTS = 8;
    private static final int LOOKS = 40;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final ObjectClaimStore claims;
    private final ObjectStore objects;
    private final InstantSource clock;

    ObjectClaims(ObjectClaimStore claims, ObjectStore objects, InstantSource clock) {
        this.claims = claims;
        this.objects = objects;
        this.clock = clock;
    }

    /** The object that has the claim now, if one has it that is there. */
    Optional<BucketObject> holder(Bucket bucket, String what) {
        return claims.find(bucket.scope(), bucket.id(), what).flatMap(holder -> object(bucket, holder.object()));
    }

    /**
     * Claims something for an object that is about to be written.
     *
     * @return the object that has it already; empty when it is the given one's
     * @throws WaybillException 409 when an object that is just being made has it, and does not come
     */
    Optional<BucketObject> claim(Bucket bucket, String what, ObjectId mine) {
        for (int contest = 0; contest < MAX_CONTESTS; contest++) {
            Optional<Holder> holder = claims.claim(bucket.scope(), bucket.id(), what, mine);
            if (holder.isEmpty()) {
                return Optional.empty();
            }
            Optional<BucketObject> first = await(bucket, what, holder.get());
            if (first.isPresent()) {
                return first;
            }
            if (claims.takeOver(bucket.scope(), bucket.id(), what, holder.get(), mine)) {
                return Optional.empty();
            }
        }
        throw busy();
    }

    /** Claims it without caring who has it. */
    void offer(Bucket bucket, String what, ObjectId mine) {
        claims.claim(bucket.scope(), bucket.id(), what, mine);
    }

    /** Whether the claim is still the object's: somebody may have taken it for lost. */
    boolean holds(Bucket bucket, String what, ObjectId mine) {
        return claims.find(bucket.scope(), bucket.id(), what)
                .filter(holder -> holder.object().equals(mine))
                .isPresent();
    }

    void release(Bucket bucket, String what, ObjectId object) {
        claims.release(bucket.scope(), bucket.id(), what, object);
    }

    void releaseAll(Bucket bucket, ObjectId object) {
        claims.releaseAll(bucket.scope(), object);
    }

    @Override
    public int order() {
        return BEFORE_OBJECTS;
    }

    @Override
    public void purge(Bucket bucket, LongConsumer removed, BooleanSupplier stop) {
        claims.removeAll(bucket.scope(), bucket.id());
    }

    /** The holder's object, waited for a moment if it may just be being written. */
    private Optional<BucketObject> await(Bucket bucket, String what, Holder holder) {
        for (int look = 0; look < LOOKS; look++) {
            Optional<BucketObject> object = object(bucket, holder.object());
            if (object.isPresent() || !holder.since().plus(LEASE).isAfter(clock.instant())) {
                return object;
            }
            boolean changed = claims.find(bucket.scope(), bucket.id(), what)
                    .filter(holder::equals)
                    .isEmpty();
            if (changed) {
                return Optional.empty();
            }
            pause();
        }
        throw busy();
    }

    private Optional<BucketObject> object(Bucket bucket, ObjectId id) {
        return objects.find(bucket.scope(), id).filter(object -> object.bucket().equals(bucket.id()));
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw busy();
        }
    }

    private static WaybillException busy() {
        return new WaybillException(
                ErrorCode.CONFLICT, "An object of the same key or content is just being made; try again in a moment");
    }
}
