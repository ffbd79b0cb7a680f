package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.insert;
import static dev.waybill.objects.ObjectFixtures.key;
import static dev.waybill.objects.ObjectFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.InMemoryObjectStorage;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

@OnEveryDatabase
class LooseBytesTests {

    private static final ObjectKey KEY = key("obj_1");
    private static final ObjectId OBJECT = new ObjectId("obj_1");
    private static final Duration GRACE = Duration.ofHours(1);
    private final ObjectsDatabase database;

    private final MovedClock clock = new MovedClock("2026-11-21T12:00:00Z");
    private final InMemoryObjectStorage storage = new InMemoryObjectStorage();
    private ObjectStore objects;
    private Consumer<String> faults = step -> {};

    LooseBytesTests(Databases where) {
        database = new ObjectsDatabase(where);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        objects = new MongoObjectStore(database.template(), null, clock);
        storage.accept(KEY, new byte[] {1}, "image/jpeg");
    }

    @Test
    void bytesWhoseObjectNeverCameAreSweptWhenTheGraceIsOver() {
        loose().expect(ACME, KEY);

        loose().sweep();
        assertThat(storage.head(KEY)).isPresent();
        clock.move(GRACE);
        loose().sweep();

        assertThat(storage.head(KEY)).isEmpty();
        loose().expect(ACME, KEY);
    }

    @Test
    void bytesOfAnObjectStayEvenIfTheNoteDoes() {
        loose().expect(ACME, KEY);
        insert(objects, object("obj_1"));

        clock.move(GRACE);
        loose().sweep();

        assertThat(storage.head(KEY)).isPresent();
    }

    @Test
    void bytesOfAnUploadWithoutAnObjectStay() {
        objects.insertAll(
                List.of(ObjectRow.content(ObjectRow.Kind.FILE, object("obj_1"), List.of("obj_1"), "obj_1", null)));
        loose().note(ACME, List.of(KEY));

        loose().removeUnowned(ACME, List.of(KEY));

        assertThat(storage.head(KEY)).isPresent();
    }

    @Test
    void bytesThatAnObjectKeptAreNotRemoved() {
        loose().expect(ACME, KEY);
        insert(objects, object("obj_1"));
        assertThat(loose().keep(ACME, OBJECT, List.of(KEY))).isTrue();

        loose().removeUnowned(ACME, List.of(KEY));

        assertThat(storage.head(KEY)).isPresent();
    }

    @Test
    void anObjectThatTakesBytesWhileTheyAreRemovedLearnsOfIt() {
        loose().note(ACME, List.of(KEY));
        LooseBytes taker = loose();
        faults = step -> {
            if (step.equals("loose-bytes.removed")) {
                // The check for owners is over: what is written now was not seen.
                insert(objects, object("obj_1"));
                assertThat(taker.keep(ACME, OBJECT, List.of(KEY))).isFalse();
                assertThatThrownBy(() -> taker.expect(ACME, KEY)).isInstanceOf(WaybillException.class);
            }
        };

        loose().removeUnowned(ACME, List.of(KEY));

        assertThat(storage.head(KEY)).isEmpty();
        assertThat(taker.keep(ACME, OBJECT, List.of(KEY))).isFalse();
    }

    @Test
    void anObjectThatIsThereInTimeKeepsItsBytes() {
        loose().note(ACME, List.of(KEY));
        faults = step -> {
            if (step.equals("loose-bytes.announced")) {
                insert(objects, object("obj_1"));
            }
        };

        loose().removeUnowned(ACME, List.of(KEY));

        assertThat(storage.head(KEY)).isPresent();
    }

    @Test
    void bytesThatLoseTheirOwnerWhileTheSweepLooksAtThemGoToo() {
        insert(objects, object("obj_1"));
        loose().note(ACME, List.of(KEY));
        clock.move(GRACE);
        LooseBytes deletion = loose();
        faults = step -> {
            if (step.equals("loose-bytes.removed")) {
                // The owner was seen, and goes before the sweep drops its note.
                deletion.note(ACME, List.of(KEY));
                objects.removeAll(ACME, List.of(new ObjectId("obj_1")));
            }
        };
        loose().sweep();
        faults = step -> {};
        assertThat(storage.head(KEY)).isPresent();

        deletion.removeUnowned(ACME, List.of(KEY));

        assertThat(storage.head(KEY)).isEmpty();
    }

    @Test
    void aRemovalThatCrashedIsFinishedBySweeping() {
        for (String step : List.of("loose-bytes.announced", "loose-bytes.removed")) {
            storage.accept(KEY, new byte[] {1}, "image/jpeg");
            loose().note(ACME, List.of(KEY));
            faults = reached -> {
                if (reached.equals(step)) {
                    throw new AssertionError("crashed here");
                }
            };
            assertThatThrownBy(() -> loose().removeUnowned(ACME, List.of(KEY)));
            faults = reached -> {};

            clock.move(GRACE);
            loose().sweep();

            assertThat(storage.head(KEY)).as(step).isEmpty();
            loose().expect(ACME, KEY);
        }
    }

    @Test
    void whatStorageDoesNotRemoveNowIsSweptLater() {
        loose().note(ACME, List.of(KEY));
        storage.failWith(StorageException.Kind.UNAVAILABLE);
        loose().removeUnowned(ACME, List.of(KEY));
        clock.move(GRACE);
        loose().sweep();
        storage.failWith(null);
        assertThat(storage.head(KEY)).isPresent();

        loose().sweep();

        assertThat(storage.head(KEY)).isEmpty();
    }

    private LooseBytes loose() {
        return new LooseBytes(
                new LooseBytesStore(database.template()),
                objects,
                storage,
                new ObjectProperties(GRACE, DataSize.ofKilobytes(64), 8, GRACE, GRACE, GRACE),
                clock,
                step -> faults.accept(step));
    }
}
