package dev.waybill.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.waybill.idempotency.IdempotentRequests.Admission;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import dev.waybill.testing.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Two instances with one clock, which stands still until it is moved. */
@OnEveryDatabase
class IdempotentRequestsTests {

    private static final OrganizationId ACME = new OrganizationId("org_acme");
    private static final OrganizationId OTHER = new OrganizationId("org_other");
    private static final ResponseCipher CIPHER =
            ResponseCipher.of("ada-secret".getBytes(UTF_8), new IdempotencyKey("order-1"));
    private static final StoredResponse RESPONSE =
            new StoredResponse(200, "application/json", "{\"made\":1}".getBytes(UTF_8));
    private static final IdempotencyProperties SETTINGS = new IdempotencyProperties(
            Duration.ofHours(24), Duration.ofSeconds(15), Duration.ofMillis(50), DataSize.ofKilobytes(1));

    private final TestMongo mongo;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));
    private final IdempotencyStore store;
    private final LeaseRenewal leases;
    private final IdempotentRequests here;
    private final IdempotentRequests there;

    IdempotentRequestsTests(Databases where) {
        mongo = new TestMongo(where, IdempotencyEntity.class);
        store = new IdempotencyStore(mongo.template());
        leases = new LeaseRenewal(store, SETTINGS, now::get);
        here = new IdempotentRequests(store, leases, SETTINGS, step -> {}, now::get);
        there = new IdempotentRequests(
                store, new LeaseRenewal(store, SETTINGS, now::get), SETTINGS, step -> {}, now::get);
    }

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Test
    void theFirstResponseIsReplayed() {
        assertThat(here.end(run(here), CIPHER, RESPONSE)).isSameAs(RESPONSE);

        StoredResponse again = replay(there);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.contentType()).isEqualTo("application/json");
        assertThat(again.body()).isEqualTo(RESPONSE.body());
    }

    @Test
    void aResponseWithoutABodyIsReplayedToo() {
        here.end(run(here), CIPHER, new StoredResponse(204, null, new byte[0]));

        assertThat(replay(there).status()).isEqualTo(204);
        assertThat(replay(there).contentType()).isNull();
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefusedWhetherTheFirstIsDoneOrNot() {
        IdempotencyEntity first = run(here);
        assertThatThrownBy(() -> there.admit(ACME, CIPHER, "another")).isInstanceOf(InvalidRequest.class);

        here.end(first, CIPHER, RESPONSE);
        assertThatThrownBy(() -> there.admit(ACME, CIPHER, "another"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("Idempotency-Key");
    }

    @Test
    void whileTheFirstRunsTheSecondIsAConflictWithRetryAfter() {
        run(here);

        assertThatThrownBy(() -> there.admit(ACME, CIPHER, "request"))
                .asInstanceOf(type(WaybillException.class))
                .satisfies(
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.REQUEST_STILL_RUNS),
                        refusal -> assertThat(refusal.details()).containsEntry("retry_after", 1L));
    }

    @Test
    void organizationsAreIsolated() {
        here.end(run(here), CIPHER, RESPONSE);

        assertThat(there.admit(OTHER, CIPHER, "another")).isInstanceOf(Admission.Run.class);
    }

    @Race
    void oneOfManyConcurrentRequestsRunsAndTheOthersGetItsResponse() throws Exception {
        IdempotentRequests patient = new IdempotentRequests(
                store,
                leases,
                new IdempotencyProperties(
                        Duration.ofHours(24), Duration.ofSeconds(15), Duration.ofSeconds(60), DataSize.ofKilobytes(1)),
                step -> {},
                now::get);
        List<Future<Boolean>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                calls.add(threads.submit(() -> switch (patient.admit(ACME, CIPHER, "request")) {
                    case Admission.Run run -> {
                        patient.end(run.reservation(), CIPHER, RESPONSE);
                        yield true;
                    }
                    case Admission.Replay replay -> false;
                }));
            }
        }
        int runs = 0;
        for (Future<Boolean> one : calls) {
            runs += one.get() ? 1 : 0;
        }
        assertThat(runs).isEqualTo(1);
    }

    @Test
    void anExpiredLeaseIsTakenOverWithTheSameSeed() {
        IdempotencyEntity expired = run(here);
        now.set(expired.begunAt().plusSeconds(14));
        assertThatThrownBy(() -> run(there)).isInstanceOf(WaybillException.class);

        now.set(expired.begunAt().plusSeconds(15));
        IdempotencyEntity next = run(there);

        assertThat(next.seed()).isEqualTo(expired.seed());
        assertThat(next.begunAt()).isEqualTo(expired.begunAt());
        assertThat(next.isRepeating()).isTrue();
        assertThat(next.run()).isEqualTo(2);
        assertThat(next.owner()).isNotEqualTo(expired.owner());
    }

    @Test
    void aLongRunRenewsItsLease() {
        IdempotencyEntity slow = run(here);
        for (int i = 0; i < 10; i++) {
            now.set(now.get().plusSeconds(10));
            leases.renew();
        }
        assertThatThrownBy(() -> run(there)).isInstanceOf(WaybillException.class);

        here.end(slow, CIPHER, RESPONSE);
        now.set(now.get().plusSeconds(60));
        leases.renew();
        assertThat(replay(there).body()).isEqualTo(RESPONSE.body());
    }

    @Test
    void aRunThatLostItsLeaseReturnsTheOtherRunsResponse() {
        IdempotencyEntity slow = run(here);
        now.set(slow.begunAt().plusSeconds(15));
        IdempotencyEntity quick = run(there);
        StoredResponse late = new StoredResponse(200, "application/json", "{\"made\":2}".getBytes(UTF_8));

        assertThatThrownBy(() -> here.end(slow, CIPHER, late)).isInstanceOf(WaybillException.class);
        assertThat(there.end(quick, CIPHER, RESPONSE)).isSameAs(RESPONSE);
        assertThat(here.end(slow, CIPHER, late).body()).isEqualTo(RESPONSE.body());
        assertThat(replay(here).body()).isEqualTo(RESPONSE.body());
    }

    @Test
    void aClientErrorFreesTheKey() {
        here.end(run(here), CIPHER, new StoredResponse(422, "application/json", new byte[0]));

        assertThat(there.admit(ACME, CIPHER, "corrected")).isInstanceOf(Admission.Run.class);
    }

    @Test
    void aServerErrorMayBeRetriedAtOnceWithTheSameSeedOnly() {
        IdempotencyEntity first = run(here);
        here.end(first, CIPHER, new StoredResponse(503, "application/json", new byte[0]));

        assertThatThrownBy(() -> there.admit(ACME, CIPHER, "another")).isInstanceOf(InvalidRequest.class);
        IdempotencyEntity second = run(there);
        assertThat(second.seed()).isEqualTo(first.seed());

        there.fail(second);
        IdempotencyEntity third = run(here);
        assertThat(third.run()).isEqualTo(3);

        // An earlier run may have had effects by now, so a client error does not free the ids.
        here.end(third, CIPHER, new StoredResponse(409, "application/json", new byte[0]));
        assertThat(run(there).seed()).isEqualTo(first.seed());
    }

    @Test
    void aDayLaterTheKeyIsFree() {
        IdempotencyEntity first = run(here);
        here.end(first, CIPHER, RESPONSE);

        now.set(first.begunAt().plus(Duration.ofHours(24)).minusMillis(1));
        assertThat(replay(there).body()).isEqualTo(RESPONSE.body());
        now.set(first.begunAt().plus(Duration.ofHours(24)));
        assertThat(there.admit(ACME, CIPHER, "another"))
                .asInstanceOf(type(Admission.Run.class))
                .satisfies(run -> assertThat(run.reservation().seed()).isNotEqualTo(first.seed()));
    }

    @Test
    void theSweepDeletesExpiredKeys() {
        here.end(run(here), CIPHER, RESPONSE);
        now.set(now.get().plus(Duration.ofHours(23)));
        here.admit(OTHER, CIPHER, "request");
        here.sweep();
        assertThat(mongo.template().estimatedCount("idempotency_keys")).isEqualTo(2);

        now.set(now.get().plus(Duration.ofHours(1)));
        here.sweep();
        assertThat(store.find(ACME, CIPHER.name())).isEmpty();
        assertThat(store.find(OTHER, CIPHER.name())).isPresent();
    }

    @Test
    void aRequestWithATooLargeResponseRunsAgain() {
        byte[] noise = new byte[2000];
        new Random(7).nextBytes(noise);
        IdempotencyEntity first = run(here);
        StoredResponse large = new StoredResponse(200, "application/json", noise);

        assertThat(here.end(first, CIPHER, large)).isSameAs(large);

        IdempotencyEntity again = run(there);
        assertThat(again.isRepeating()).isTrue();
        assertThat(again.seed()).isEqualTo(first.seed());
        assertThatThrownBy(() -> here.admit(ACME, CIPHER, "another")).isInstanceOf(InvalidRequest.class);
    }

    private static IdempotencyEntity run(IdempotentRequests instance) {
        return ((Admission.Run) instance.admit(ACME, CIPHER, "request")).reservation();
    }

    private static StoredResponse replay(IdempotentRequests instance) {
        return ((Admission.Replay) instance.admit(ACME, CIPHER, "request")).answer();
    }
}
