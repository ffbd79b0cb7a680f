package dev.waybill.quotas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.quotas.StoredFiles.Sum;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Admission of writes against a quota, whatever the balance and concurrent writes. */
@OnEveryDatabase
class QuotasTests {

    private static final OrganizationId ACME = new OrganizationId("org_acme");
    private static final OrganizationId UNBOUNDED = new OrganizationId("org_unbounded");
    private static final long QUOTA = 1000;

    /** A stub that returns the given sums in turn, the last one again and again. */
    private static final class CountedFiles implements StoredFiles {

        private final int order;
        private final List<Integer> counted;
        private final Deque<Sum> sums = new ArrayDeque<>(List.of(Sum.NONE));

        CountedFiles(int order, List<Integer> counted) {
            this.order = order;
            this.counted = counted;
        }

        void returns(Sum... next) {
            sums.clear();
            sums.addAll(List.of(next));
        }

        @Override
        public int order() {
            return order;
        }

        @Override
        public Sum of(OrganizationId organization) {
            counted.add(order);
            return sums.size() > 1 ? sums.pop() : sums.element();
        }
    }

    private final TestMongo mongo;
    private final BalanceStore balances;
    private final List<Integer> counted = new ArrayList<>();
    private final CountedFiles objects = new CountedFiles(2, counted);
    private final CountedFiles uploads = new CountedFiles(1, counted);
    private final List<String> steps = new ArrayList<>();
    private final Quotas quotas;
    private Instant now = Instant.parse("2026-11-27T12:00:00Z");

    QuotasTests(Databases where) {
        mongo = new TestMongo(where, BalanceEntity.class);
        balances = new MongoBalanceStore(mongo.template());
        quotas = new Quotas(
                organization -> Optional.of(QUOTA).filter(quota -> organization.equals(ACME)),
                balances,
                new StorageCount(balances, List.of(objects, uploads), () -> now),
                () -> now,
                steps::add);
    }

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Test
    void anOrganizationWithoutAQuotaIsNotCounted() {
        Reservation nothing = quotas.reserve(UNBOUNDED, Long.MAX_VALUE).orRefuse();
        quotas.settle(nothing, Long.MAX_VALUE);

        assertThat(quotas.refusal(UNBOUNDED, Long.MAX_VALUE)).isEmpty();
        assertThat(quotas.limit(UNBOUNDED)).isEmpty();
        assertThat(balances.find(UNBOUNDED)).isEmpty();
        assertThat(counted).isEmpty();
        assertThat(steps).isEmpty();
    }

    @Test
    void reservingNothingIsNeverRefused() {
        objects.returns(new Sum(QUOTA + 1, 0));

        assertThat(quotas.refusal(ACME, 0)).isEmpty();
        quotas.settle(quotas.reserve(ACME, -5).orRefuse(), -5);

        assertThat(balances.find(ACME)).isEmpty();
    }

    @Test
    void sourcesAreCountedInOrderAndOnlyIfTheBalanceIsExhausted() {
        objects.returns(new Sum(100, 0));
        quotas.settle(quotas.reserve(ACME, 500).orRefuse(), 500);
        assertThat(counted).containsExactly(1, 2);

        quotas.settle(quotas.reserve(ACME, 400).orRefuse(), 400);

        assertThat(counted).hasSize(2);
        assertThat(held()).isEqualTo(1000);
        assertThat(steps)
                .containsExactly(
                        "quota.reserved",
                        "quota.written",
                        "quota.settled",
                        "quota.reserved",
                        "quota.written",
                        "quota.settled");
    }

    @Test
    void deletedBytesAreFreeBeforeARefusal() {
        objects.returns(new Sum(1000, 0));
        assertThat(why(quotas.reserve(ACME, 1)).details())
                .containsEntry("used", 1000L)
                .containsEntry("reserved", 0L)
                .containsEntry("requested", 1L)
                .containsEntry("limit", QUOTA);
        objects.returns(new Sum(300, 0));

        assertThat(quotas.reserve(ACME, 700)).isInstanceOf(Admission.Granted.class);
        assertThat(held()).isEqualTo(1000);
    }

    @Test
    void unwrittenBytesAreReleased() {
        quotas.settle(quotas.reserve(ACME, 700).orRefuse(), 200);

        assertThat(held()).isEqualTo(200);
    }

    @Test
    void bytesCountedTwiceInFlightCauseNoRefusal() {
        uploads.returns(new Sum(0, 600), Sum.NONE);
        objects.returns(new Sum(600, 0));

        assertThat(quotas.refusal(ACME, 400)).isEmpty();
        uploads.returns(new Sum(0, 600), Sum.NONE);
        assertThat(quotas.reserve(ACME, 400)).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void anAbandonedReservationExpiresAfterAMinute() {
        quotas.reserve(ACME, 900).orRefuse();

        now = now.plus(Quotas.LEASE.minusMillis(1));
        assertThat(why(quotas.reserve(ACME, 101)).code()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
        assertThat(quotas.usage(ACME).reservedBytes()).isEqualTo(900);
        assertThat(quotas.refusal(ACME, 101)).isEmpty();
        now = now.plus(Duration.ofMillis(1));

        assertThat(quotas.reserve(ACME, 1000)).isInstanceOf(Admission.Granted.class);
        assertThat(balances.find(ACME).orElseThrow().reservations()).hasSize(1);
    }

    @Test
    void settlingAnExpiredReservationStillHoldsItsBytes() {
        Reservation late = quotas.reserve(ACME, 600).orRefuse();
        now = now.plus(Quotas.LEASE);
        quotas.settle(quotas.reserve(ACME, 700).orRefuse(), 700);

        quotas.settle(late, 600);

        assertThat(held()).isEqualTo(1300);
        assertThat(quotas.reserve(ACME, 1)).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void usageNeverReportsMoreThanWasAdmitted() {
        quotas.reserve(ACME, 900).orRefuse();
        objects.returns(new Sum(900, 0));

        StorageUsageResponse usage = quotas.usage(ACME);

        assertThat(usage.usedBytes()).isEqualTo(900);
        assertThat(usage.reservedBytes()).isEqualTo(100);
        assertThat(usage.limitBytes()).isEqualTo(QUOTA);
        assertThat(usage.remainingBytes()).isZero();
    }

    private long held() {
        return balances.find(ACME).orElseThrow().held();
    }

    private static WaybillException why(Admission admission) {
        assertThat(admission).isInstanceOf(Admission.Refused.class);
        return ((Admission.Refused) admission).why();
    }
}
