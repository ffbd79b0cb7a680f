package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.insert;
import static dev.waybill.objects.ObjectFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.events.RememberedEvents;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.util.unit.DataSize;

@OnEveryDatabase
class ObjectNewsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration MEMORY = Duration.ofHours(1);
    private static final String ID = "obj_1";

    private final ObjectsDatabase database;

    private final MovedClock clock = new MovedClock("2026-11-21T12:00:00Z");
    private final RememberedEvents told = new RememberedEvents();
    private String dyingAt = "";
    private MongoObjectStore store;
    private ObjectNews news;

    /** Ends the request like the death of its process: nothing of it runs on. */
    private static final class Death extends Error {}

    ObjectNewsTests(Databases where) {
        database = new ObjectsDatabase(where);
    }

    @AfterEach
    void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void start() {
        store = new MongoObjectStore(database.template(), null, clock);
        ObjectProperties properties =
                new ObjectProperties(Duration.ofHours(1), DataSize.ofKilobytes(64), 8, PATIENCE, MEMORY);
        news = new ObjectNews(
                new ObjectNewsStore(database.template()),
                store,
                told,
                properties,
                step -> {
                    if (step.equals(dyingAt)) {
                        throw new Death();
                    }
                },
                clock);
    }

    @Test
    void aChangeIsToldOnceAndNoNoteIsLeft() {
        insert(store, object(ID));

        assertThat(news.telling(deleted(), this::delete)).isTrue();

        assertThat(told.all()).containsExactly(deleted().told());
        later(PATIENCE);
        assertThat(told.all()).hasSize(1);
        assertThat(notes()).isZero();
    }

    @Test
    void whatDidNotHappenIsNotTold() {
        assertThat(news.telling(deleted(), () -> false)).isFalse();

        assertThat(told.all()).isEmpty();
        assertThat(notes()).isZero();
    }

    @Test
    void whereNobodyListensNothingIsNoted() {
        told.listening(false);
        insert(store, object(ID));
        BooleanSupplier looked = () -> {
            assertThat(notes()).isZero();
            return delete();
        };

        assertThat(news.telling(deleted(), looked)).isTrue();

        assertThat(told.all()).isEmpty();
    }

    @Test
    void aTellerThatDiedIsMadeUpFor() {
        insert(store, object(ID));
        dyingAt = "object.untold";
        assertThatThrownBy(() -> news.telling(deleted(), this::delete)).isInstanceOf(Death.class);
        later(PATIENCE.minusSeconds(1));
        assertThat(told.all()).isEmpty();

        later(Duration.ofSeconds(1));

        assertThat(told.all()).containsExactly(deleted().told());
        assertThat(notes()).isZero();
    }

    /** The change came long after it was announced, and its process died right then. */
    @Test
    void aSlowTellerThatDiedIsMadeUpForToo() {
        insert(store, object(ID));
        dyingAt = "object.untold";
        assertThatThrownBy(() -> news.telling(deleted(), () -> {
                    later(PATIENCE.multipliedBy(3));
                    return delete();
                }))
                .isInstanceOf(Death.class);

        later(PATIENCE.multipliedBy(3));

        assertThat(told.all()).containsExactly(deleted().told());
        assertThat(notes()).isZero();
    }

    @Test
    void whatNeverHappenedIsForgottenInTheEnd() {
        insert(store, object(ID));
        assertThatThrownBy(() -> news.telling(deleted(), () -> {
                    throw new Death();
                }))
                .isInstanceOf(Death.class);
        later(MEMORY);
        assertThat(notes()).isOne();

        later(MEMORY.plusSeconds(1));

        assertThat(notes()).isZero();
        assertThat(told.all()).isEmpty();
    }

    private ObjectEvent deleted() {
        return new ObjectEvent(
                ObjectEvent.Kind.DELETED, ACME, PHOTOS, new ObjectId(ID), null, Instant.parse("2026-11-21T12:00:00Z"));
    }

    private boolean delete() {
        store.removeAll(ACME, List.of(new ObjectId(ID)));
        return true;
    }

    private void later(Duration by) {
        clock.move(by);
        news.sweep();
    }

    private long notes() {
        return database.template().count(new Query(), ObjectNewsDocument.class);
    }
}
