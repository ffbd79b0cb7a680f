package dev.waybill.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class LineStoreTests {

    private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");

    private final TestMongo mongo;
    private final LineStore store;
    private final OrganizationId organization = new OrganizationId("org_acme");
    private final WebhookId webhook = new WebhookId("wh_00a1b2c3d4e5f607");
    private final LineDocument line;

    LineStoreTests(Databases where) {
        mongo = new TestMongo(where, LineDocument.class);
        store = new LineStore(mongo.template());
        line = store.create(organization, webhook, 0, LATER).orElseThrow();
    }

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Test
    void aLineIsMadeOnceAndOpenedByOne() {
        assertThat(line.busy()).isTrue();
        assertThat(line.ticket()).isOne();
        assertThat(store.create(organization, webhook, 0, LATER)).isEmpty();
        assertThat(store.open(line, LATER)).isEmpty();

        assertThat(store.close(line, null)).isTrue();
        LineDocument idle = store.find(List.of(line.key())).getFirst();
        assertThat(idle.busy()).isFalse();
        assertThat(store.open(idle, LATER)).hasValueSatisfying(open -> {
            assertThat(open.ticket()).isEqualTo(2);
            assertThat(open.task()).isNotEqualTo(line.task());
        });
        assertThat(store.open(idle, LATER)).isEmpty();
    }

    @Test
    void whatIsAddedWhileALineIsServedKeepsItFromBeingClosed() {
        store.mark(List.of(line.key()));

        assertThat(store.close(line, null)).isFalse();
        assertThat(store.serve(line.key(), 1)).isPresent();
        assertThat(store.close(line, null)).isTrue();
    }

    @Test
    void anOldTicketServesNothing() {
        assertThat(store.serve(line.key(), 7)).isEmpty();
        LineDocument reopened = store.reopen(line, LATER).orElseThrow();

        assertThat(store.serve(line.key(), 1)).isEmpty();
        assertThat(store.close(line, null)).isFalse();
        assertThat(store.serve(line.key(), reopened.ticket())).isPresent();
    }

    @Test
    void aSlowOneStaysSlowUntilItWasQuickOnce() {
        store.pace(line.answering(true));
        LineDocument slow = store.serve(line.key(), 1).orElseThrow();
        assertThat(slow.slow()).isTrue();
        assertThat(slow.holdsUp()).isTrue();
        assertThat(slow.isAiling()).isFalse();

        store.pace(slow.answering(false));

        assertThat(store.serve(line.key(), 1).orElseThrow().holdsUp()).isFalse();
    }

    @Test
    void aLineRestsWhateverWasAdded() {
        store.mark(List.of(line.key()));

        store.rest(line.silent(LATER), LATER);

        LineDocument resting = store.find(List.of(line.key())).getFirst();
        assertThat(resting.busy()).isFalse();
        assertThat(resting.isAiling()).isTrue();
        assertThat(resting.rests(LATER.minusSeconds(1))).isTrue();
        assertThat(resting.rests(LATER)).isFalse();
    }
}
