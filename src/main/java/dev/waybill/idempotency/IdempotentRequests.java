package dev.waybill.idempotency;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.OrganizationId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Has each request done once. A reservation is written before anything else; it holds the seed of all ids that the
 * request makes. Who finds one without an answer, and nobody at work on it, runs the request again with the same seed,
 * and so comes to the same things. The answer is kept before it is given.
 */
@Component
class IdempotentRequests {

    /** What becomes of a request. */
    sealed interface Admission {

        /** It is to be done; {@link #end} or {@link #fail} must follow. */
        record Run(IdempotencyEntity reservation) implements Admission {}

        /** It was done. */
        record Replay(StoredResponse answer) implements Admission {}
    }

    private static final Logger log = LoggerFactory.getLogger(IdempotentRequests.class);
    private static final int SEED_BYTES = 32;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(160);
    private static final long RETRY_AFTER_SECONDS = 1;

    private final IdempotencyStore store;
    private final LeaseRenewal leases;
    private final IdempotencyProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    IdempotentRequests(
            IdempotencyStore store,
            LeaseRenewal leases,
            IdempotencyProperties properties,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.leases = leases;
        this.properties = properties;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Lets a request in, or tells how it was answered before; waits a moment while another one of its key runs.
     *
     * @param request the request's fingerprint
     * @throws WaybillException 422 when the key stands for another request, 409 when the other one goes on running
     */
    Admission admit(OrganizationId organization, ResponseCipher responseCipher, String request) {
        String name = responseCipher.name();
        long deadline = System.nanoTime() + properties.patience().toNanos();
        Duration pause = SHORTEST_PAUSE;
        Optional<IdempotencyEntity> kept = Optional.empty();
        while (true) {
            if (kept.isEmpty()) {
                IdempotencyEntity first = first(organization, name, request);
                if (store.insert(first)) {
                    return run(first);
                }
            } else {
                Admission admission = admit(kept.get(), responseCipher, request);
                if (admission != null) {
                    return admission;
                }
                if (System.nanoTime() - deadline > 0) {
                    throw stillRuns();
                }
                pause(pause);
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
            }
            kept = store.find(organization, name);
            if (kept.isPresent() && isOver(kept.get())) {
                store.removeExpired(organization, name, clock.instant());
                kept = Optional.empty();
            }
        }
    }

    /** Null when another one is at it just now. */
    private @Nullable Admission admit(IdempotencyEntity there, ResponseCipher responseCipher, String request) {
        if (!there.request().equals(request)) {
            throw IdempotencyKey.invalid(
                    "was sent before with another request: the same key needs the same method, path, X-Namespace and body");
        }
        StoredResponse closed = there.kept();
        if (closed != null) {
            return new Admission.Replay(opened(closed, responseCipher));
        }
        Instant now = clock.instant();
        if (there.leaseUntil().isAfter(now)) {
            return null;
        }
        IdempotencyEntity mine = there.nextRun(UUID.randomUUID().toString(), leaseEnd());
        return store.takeOver(there, mine, now) ? run(mine) : null;
    }

    /**
     * The request was answered. A success is kept, unless it is too large. What was refused frees the key for a mended
     * request. What went wrong on our side may have done something already: the same request may be run again, with the
     * same ids.
     *
     * @return the answer to be given: not the one that came out when somebody else was quicker
     * @throws WaybillException 409 when somebody else is at the request now
     */
    StoredResponse end(IdempotencyEntity reservation, ResponseCipher responseCipher, StoredResponse answer) {
        leases.end(reservation);
        if (!answer.isSuccess()) {
            giveBack(reservation, answer.isRefusal() && !reservation.isRepeating());
            return answer;
        }
        faults.reach("idempotency.done");
        try {
            byte[] body = responseCipher.close(answer.body());
            boolean mine = body.length > properties.maxAnswerSize().toBytes()
                    ? store.release(reservation, clock.instant())
                    : store.complete(reservation, new StoredResponse(answer.status(), answer.contentType(), body));
            return mine ? answer : others(reservation, responseCipher);
        } catch (WaybillException othersAreAtIt) {
            throw othersAreAtIt;
        } catch (RuntimeException away) {
            log.warn("An answer could not be kept; the request would be run again", away);
            return answer;
        }
    }

    /** The request came to no answer. */
    void fail(IdempotencyEntity reservation) {
        leases.end(reservation);
        giveBack(reservation, false);
    }

    @Scheduled(fixedDelayString = "${waybill.idempotency.sweep-interval:5m}")
    @SchedulerLock(name = "idempotency-expiry", lockAtMostFor = "PT5M")
    public void sweep() {
        long removed = store.removeExpired(clock.instant());
        log.debug("{} idempotency keys have ended", removed);
    }

    private Admission run(IdempotencyEntity reservation) {
        leases.begin(reservation);
        faults.reach("idempotency.reserved");
        return new Admission.Run(reservation);
    }

    /** Somebody took the request for dead. Only one answer may go out, and it is theirs. */
    private StoredResponse others(IdempotencyEntity reservation, ResponseCipher responseCipher) {
        return store.find(reservation.organizationId(), reservation.name())
                .flatMap(kept -> Optional.ofNullable(kept.kept()))
                .map(closed -> opened(closed, responseCipher))
                .orElseThrow(IdempotentRequests::stillRuns);
    }

    private void giveBack(IdempotencyEntity reservation, boolean forGood) {
        try {
            if (forGood) {
                store.remove(reservation);
            } else {
                store.release(reservation, clock.instant());
            }
        } catch (RuntimeException away) {
            log.warn("A reservation could not be given back; it ends with its lease", away);
        }
    }

    private IdempotencyEntity first(OrganizationId organization, String name, String request) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        Instant now = clock.instant();
        return new IdempotencyEntity(
                IdempotencyEntity.key(organization, name),
                organization,
                name,
                request,
                seed,
                now,
                now.plus(properties.retention()),
                1,
                UUID.randomUUID().toString(),
                leaseEnd(),
                null,
                null,
                null);
    }

    private boolean isOver(IdempotencyEntity kept) {
        return !kept.expiresAt().isAfter(clock.instant());
    }

    private Instant leaseEnd() {
        return clock.instant().plus(properties.lease());
    }

    private static StoredResponse opened(StoredResponse closed, ResponseCipher responseCipher) {
        return new StoredResponse(closed.status(), closed.contentType(), responseCipher.open(closed.body()));
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw stillRuns();
        }
    }

    private static WaybillException stillRuns() {
        return new WaybillException(
                ErrorCode.REQUEST_STILL_RUNS,
                "The first request with this %s still runs. Send it again in a moment."
                        .formatted(IdempotencyKey.HEADER),
                Map.of("header", IdempotencyKey.HEADER, "retry_after", RETRY_AFTER_SECONDS));
    }
}
