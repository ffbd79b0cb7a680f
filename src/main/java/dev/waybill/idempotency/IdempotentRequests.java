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
 * Executes each request with an idempotency key once. A reservation is written before anything else; it holds the seed
 * of all ids that the request generates. A retry that finds one without a response, and with an expired lease, takes it
 * over and runs the request again with the same seed, and so generates the same ids. The response is stored before it
 * is sent.
 */
@Component
class IdempotentRequests {

    /** Whether a request is executed or replayed. */
    sealed interface Admission {

        /** It is to be executed; {@link #end} or {@link #fail} must follow. */
        record Run(IdempotencyEntity reservation) implements Admission {}

        /** It was executed before. */
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
     * Admits a request, or returns the response to replay; waits a moment while another one of its key runs.
     *
     * @param request the request's fingerprint
     * @throws WaybillException 422 when the key was used for another request, 409 when the other one goes on running
     */
    Admission admit(OrganizationId organization, ResponseCipher responseCipher, String request) {
        String name = responseCipher.name();
        long deadline = System.nanoTime() + properties.patience().toNanos();
        Duration pause = SHORTEST_PAUSE;
        Optional<IdempotencyEntity> existing = Optional.empty();
        while (true) {
            if (existing.isEmpty()) {
                IdempotencyEntity first = first(organization, name, request);
                if (store.insert(first)) {
                    return run(first);
                }
            } else {
                Admission admission = admit(existing.get(), responseCipher, request);
                if (admission != null) {
                    return admission;
                }
                if (System.nanoTime() - deadline > 0) {
                    throw stillRuns();
                }
                pause(pause);
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
            }
            existing = store.find(organization, name);
            if (existing.isPresent() && isExpired(existing.get())) {
                store.removeExpired(organization, name, clock.instant());
                existing = Optional.empty();
            }
        }
    }

    /** Null while another run holds the lease. */
    private @Nullable Admission admit(IdempotencyEntity existing, ResponseCipher responseCipher, String request) {
        if (!existing.request().equals(request)) {
            throw IdempotencyKey.invalid(
                    "was sent before with another request: the same key needs the same method, path, X-Namespace and body");
        }
        StoredResponse encrypted = existing.storedResponse();
        if (encrypted != null) {
            return new Admission.Replay(decrypted(encrypted, responseCipher));
        }
        Instant now = clock.instant();
        if (existing.leaseUntil().isAfter(now)) {
            return null;
        }
        IdempotencyEntity next = existing.nextRun(UUID.randomUUID().toString(), leaseEnd());
        return store.takeOver(existing, next, now) ? run(next) : null;
    }

    /**
     * Completes an execution that has a response. A success is stored, unless it is too large. A client error frees the
     * key for a corrected request. A server error may have had effects already: the same request may be retried, with
     * the same ids.
     *
     * @return the response to send: the stored one, not this one, when another run was quicker
     * @throws WaybillException 409 when another run holds the lease now
     */
    StoredResponse end(IdempotencyEntity reservation, ResponseCipher responseCipher, StoredResponse response) {
        leases.end(reservation);
        if (!response.isSuccess()) {
            release(reservation, response.isRefusal() && !reservation.isRepeating());
            return response;
        }
        faults.reach("idempotency.done");
        try {
            byte[] body = responseCipher.encrypt(response.body());
            boolean won = body.length > properties.maxAnswerSize().toBytes()
                    ? store.release(reservation, clock.instant())
                    : store.complete(reservation, new StoredResponse(response.status(), response.contentType(), body));
            return won ? response : responseOfOtherRun(reservation, responseCipher);
        } catch (WaybillException leaseLost) {
            throw leaseLost;
        } catch (RuntimeException unavailable) {
            log.warn("A response could not be stored; a retry would run the request again", unavailable);
            return response;
        }
    }

    /** Ends an execution without a response. */
    void fail(IdempotencyEntity reservation) {
        leases.end(reservation);
        release(reservation, false);
    }

    @Scheduled(fixedDelayString = "${waybill.idempotency.sweep-interval:5m}")
    @SchedulerLock(name = "idempotency-expiry", lockAtMostFor = "PT5M")
    public void sweep() {
        long removed = store.removeExpired(clock.instant());
        log.debug("{} idempotency keys have expired", removed);
    }

    private Admission run(IdempotencyEntity reservation) {
        leases.begin(reservation);
        faults.reach("idempotency.reserved");
        return new Admission.Run(reservation);
    }

    /** Another run took over after the lease expired. Only one response may be sent, and it is that run's. */
    private StoredResponse responseOfOtherRun(IdempotencyEntity reservation, ResponseCipher responseCipher) {
        return store.find(reservation.organizationId(), reservation.name())
                .flatMap(stored -> Optional.ofNullable(stored.storedResponse()))
                .map(encrypted -> decrypted(encrypted, responseCipher))
                .orElseThrow(IdempotentRequests::stillRuns);
    }

    private void release(IdempotencyEntity reservation, boolean freesKey) {
        try {
            if (freesKey) {
                store.remove(reservation);
            } else {
                store.release(reservation, clock.instant());
            }
        } catch (RuntimeException unavailable) {
            log.warn("A lease could not be released; it expires", unavailable);
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

    private boolean isExpired(IdempotencyEntity existing) {
        return !existing.expiresAt().isAfter(clock.instant());
    }

    private Instant leaseEnd() {
        return clock.instant().plus(properties.lease());
    }

    private static StoredResponse decrypted(StoredResponse encrypted, ResponseCipher responseCipher) {
        return new StoredResponse(
                encrypted.status(), encrypted.contentType(), responseCipher.decrypt(encrypted.body()));
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
