package dev.waybill.quotas;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waybill.accounts.Entitlements;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.mongo.Contention;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.quotas.BalanceEntity.Reserved;
import dev.waybill.quotas.StorageCount.Counted;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Enforces storage quotas of organizations by reservation. A write of rows that name more bytes than before reserves
 * them first, and settles when the rows are written; in between no other write gets these bytes, however many run at
 * once. An organization without a quota is not counted.
 *
 * <p>Deletes need no call here. Before a refusal, what is stored is counted anew, from the rows: so what was deleted,
 * expired, failed, or died between its reservation and its row is free again by then.
 */
@Component
public class Quotas {

    /** How long a reservation lives. Each covers a write or two to the database, after all bytes were moved. */
    static final Duration LEASE = Duration.ofMinutes(1);

    /** How many organizations' limits are cached for a few seconds: they hardly ever change. */
    private static final int MAX_LIMITS = 10_000;

    private static final Duration LIMITS_TTL = Duration.ofSeconds(10);

    /**
     * While other writes are in flight, some of their bytes may be counted twice: no write is refused for that at once.
     */
    private static final int MAX_ROUNDS = 20;

    /** How often it is counted before a refusal. */
    private static final int COUNTS = 2;

    private final Function<OrganizationId, Optional<Long>> quotas;
    private final BalanceStore balances;
    private final StorageCount count;
    private final InstantSource clock;
    private final FaultPoints faults;
    private final Cache<OrganizationId, Optional<Long>> limits = Caffeine.newBuilder()
            .maximumSize(MAX_LIMITS)
            .expireAfterWrite(LIMITS_TTL)
            .build();

    @Autowired
    Quotas(
            Entitlements entitlements,
            BalanceStore balances,
            StorageCount count,
            InstantSource clock,
            FaultPoints faults) {
        this(
                id -> entitlements.of(id).flatMap(may -> Optional.ofNullable(may.storageQuotaBytes())),
                balances,
                count,
                clock,
                faults);
    }

    /** @param quotas of each organization, in bytes; empty where it has none */
    Quotas(
            Function<OrganizationId, Optional<Long>> quotas,
            BalanceStore balances,
            StorageCount count,
            InstantSource clock,
            FaultPoints faults) {
        this.quotas = quotas;
        this.balances = balances;
        this.count = count;
        this.clock = clock;
        this.faults = faults;
    }

    /** The organization's quota in bytes; empty when it may store without bound. */
    public Optional<Long> limit(OrganizationId organization) {
        return limits.get(organization, quotas);
    }

    /** As {@link #reserve(OrganizationId, String, long)}, under a random token. */
    public Admission reserve(OrganizationId organization, long bytes) {
        return reserve(organization, UUID.randomUUID().toString(), bytes);
    }

    /**
     * Reserves bytes for a write that follows at once; the reservation expires a minute later.
     *
     * @param token without a dot, an idempotency key: a retry under the same one reserves once
     * @param bytes how many more will be stored or announced; for 0 or less nothing is reserved
     */
    public Admission reserve(OrganizationId organization, String token, long bytes) {
        Optional<Long> quota = bytes <= 0 ? Optional.empty() : limit(organization);
        return quota.isEmpty()
                ? new Admission.Granted(Reservation.ofNothing(organization))
                : reserve(new Reservation(organization, token, bytes), quota.get());
    }

    private Admission reserve(Reservation reservation, long quota) {
        OrganizationId organization = reservation.organization();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Reserved reserved =
                    new Reserved(reservation.bytes(), clock.instant().plus(LEASE));
            if (balances.reserve(organization, reservation.token(), reserved, quota)) {
                faults.reach("quota.reserved");
                return new Admission.Granted(reservation);
            }
            Optional<Counted> full = full(organization, reservation.bytes(), quota);
            if (full.isPresent()) {
                return new Admission.Refused(exceeded(quota, full.get(), reservation.bytes()));
            }
            Contention.backOff(round);
        }
        Counted counted = count.count(organization);
        return new Admission.Refused(
                counted.upperBound() > quota - reservation.bytes()
                        ? exceeded(quota, counted, reservation.bytes())
                        : WaybillException.tryAgain(
                                "Others take of the storage quota all the time just now. Try again."));
    }

    /**
     * What was counted, if the quota is surely exceeded, whatever the outcome of the writes in flight. A file that
     * moves from its upload to its object meanwhile may be counted twice, but hardly so each time.
     */
    private Optional<Counted> full(OrganizationId organization, long bytes, long quota) {
        Counted counted = count.count(organization);
        for (int more = 1; more < COUNTS && counted.rows().total() > quota - bytes; more++) {
            counted = count.count(organization);
        }
        return counted.rows().total() > quota - bytes ? Optional.of(counted) : Optional.empty();
    }

    /**
     * Ends a reservation when its rows are written, or surely will not be. When that is not known, it must not be
     * called: the reservation expires.
     *
     * @param written of its bytes, those that rows name now
     */
    public void settle(Reservation reservation, long written) {
        if (reservation.bytes() > 0) {
            faults.reach("quota.written");
            long released = reservation.bytes() - written;
            if (!balances.settle(reservation.organization(), reservation.token(), released) && written > 0) {
                // It expired, or may have: other writes may have got its bytes, but no more than those.
                balances.hold(reservation.organization(), written);
            }
            faults.reach("quota.settled");
        }
    }

    /**
     * Checks in advance whether so many more bytes are surely refused, before they are moved; there may be room for
     * fewer by the time they are reserved.
     *
     * @param bytes 0 or less are never refused
     * @return why; empty when it is worth a try
     */
    public Optional<WaybillException> refusal(OrganizationId organization, long bytes) {
        Optional<Long> quota = bytes <= 0 ? Optional.empty() : limit(organization);
        if (quota.isEmpty() || isLeft(organization, bytes, quota.get())) {
            return Optional.empty();
        }
        return full(organization, bytes, quota.get()).map(counted -> exceeded(quota.get(), counted, bytes));
    }

    private boolean isLeft(OrganizationId organization, long bytes, long quota) {
        return balances.find(organization)
                .filter(balance -> balance.held() <= quota - bytes)
                .isPresent();
    }

    StorageUsageResponse usage(OrganizationId organization) {
        Optional<Long> quota = limit(organization);
        if (quota.isEmpty()) {
            return StorageUsageResponse.of(organization, count.rows(organization), null);
        }
        Counted counted = count.count(organization);
        for (int round = 0; counted.upperBound() > quota.get() && round < MAX_ROUNDS; round++) {
            Contention.backOff(round);
            counted = count.count(organization);
        }
        return StorageUsageResponse.of(organization, counted.within(quota.get()), quota.get());
    }

    private static WaybillException exceeded(long quota, Counted counted, long requested) {
        StoredFiles.Sum sum = counted.within(quota);
        long used = sum.used();
        long reserved = sum.reserved();
        return new WaybillException(
                ErrorCode.QUOTA_EXCEEDED,
                ("The storage quota of %d bytes would be exceeded: %d are used, %d are reserved for files that were"
                                + " announced, and %d more are asked for. Delete objects or cancel open uploads, or ask the"
                                + " operator for a larger quota.")
                        .formatted(quota, used, reserved, requested),
                Map.of(
                        "resource", "storage_bytes",
                        "current", used + reserved,
                        "used", used,
                        "reserved", reserved,
                        "requested", requested,
                        "limit", quota));
    }
}
