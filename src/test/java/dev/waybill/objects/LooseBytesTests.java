package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.key;
import static dev.waybill.objects.ObjectFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.InMemoryObjectStorage;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

@OnEveryDatabase
class LooseBytesTests {

    private static final ObjectKey KEY = key("obj_1");
    private static final Duration GRACE = Duration.ofHours(1);
    private final ObjectsDatabase database;

    private final MovedClock clock = new MovedClock("2026-11-21T12:00:00Z");
    private final InMemoryObjectStorage storage = new InMemoryObjectStorage();
    private final Set<ObjectKey> ofUploads = new HashSet<>();
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
        objects.insert(object("obj_1"));

        clock.move(GRACE);
        loose().sweep();

        assertThat(storage.head(KEY)).isPresent();
    }

    @Test
    void bytesThatAnUploadNeedsStay() {
        ofUploads.add(KEY);
        loose().note(ACME, List.of(KEY));

        loose().removeUnowned(ACME, List.of(KEY));

        assertThat(storage.head(KEY)).isPresent();
    }

    @Test
    void bytesThatAnObjectKeptAreNotRemoved() {
        loose().expect(ACME, KEY);
        objects.insert(object("obj_1"));
        loose().keep(ACME, List.of(KEY));

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
                objects.insert(object("obj_1"));
                assertThatThrownBy(() -> taker.keep(ACME, List.of(KEY))).isInstanceOf(WaybillException.class);
                assertThatThrownBy(() -> taker.expect(ACME, KEY)).isInstanceOf(WaybillException.class);
            }
        };

        loose().removeUnowned(ACME, List.of(KEY));

        assertThat(storage.head(KEY)).isEmpty();
        assertThatThrownBy(() -> taker.keep(ACME, List.of(KEY))).isInstanceOf(WaybillException.class);
    }

    @Test
    void anObjectThatIsThereInTimeKeepsItsBytes() {
        loose().note(ACME, List.of(KEY));
        faults = step -> {
            if (step.equals("loose-bytes.announced")) {
                objects.insert(object("obj_1"));
            }
        };

        loose().removeUnowned(ACME, List.of(KEY));

        assertThat(storage.head(KEY)).isPresent();
    }

    @Test
    void bytesThatLoseTheirOwnerWhileTheSweepLooksAtThemGoToo() {
        objects.insert(object("obj_1"));
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
                    throw new IllegalStateException("crashed here");
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

    @Test
    void claimsHaveOneWinnerAndCanBeTakenFromTheDead() {
        ObjectClaimStore claims = new ObjectClaimStore(database.template(), clock);
        ObjectId one = new ObjectId("obj_1");
        ObjectId two = new ObjectId("obj_2");

        assertThat(claims.claim(ACME, PHOTOS, "key:x", one)).isEmpty();
        assertThat(claims.claim(ACME, PHOTOS, "key:x", one)).isEmpty();
        ObjectClaimStore.Holder holder =
                claims.claim(ACME, PHOTOS, "key:x", two).orElseThrow();
        assertThat(holder.object()).isEqualTo(one);
        assertThat(claims.takeOver(ACME, PHOTOS, "key:x", holder, two)).isTrue();
        assertThat(claims.takeOver(ACME, PHOTOS, "key:x", holder, one)).isFalse();
        assertThat(claims.claim(ObjectFixtures.OTHER, PHOTOS, "key:x", one)).isEmpty();
        claims.releaseAll(ACME, two);
        assertThat(claims.find(ACME, PHOTOS, "key:x")).isEmpty();
        assertThat(claims.find(ObjectFixtures.OTHER, PHOTOS, "key:x")).isPresent();
    }

    private LooseBytes loose() {
        UploadedFiles uploads = new UploadedFiles() {
            @Override
            public Optional<UploadedFile> find(Scope scope, BucketId bucket, String uploadId) {
                return Optional.empty();
            }

            @Override
            public boolean keeps(Scope scope, ObjectKey key) {
                return ofUploads.contains(key);
            }
        };
        return new LooseBytes(
                new LooseBytesStore(database.template()),
                objects,
                uploads,
                storage,
                new ObjectProperties(GRACE, DataSize.ofKilobytes(64), 8, GRACE, GRACE, GRACE),
                clock,
                step -> faults.accept(step));
    }
}
