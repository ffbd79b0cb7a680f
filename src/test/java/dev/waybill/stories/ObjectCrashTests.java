package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.local.LocalServices;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.testing.Answer;
import dev.waybill.testing.MovedTime;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceProcess;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process dies, as by kill -9, while it makes, changes or removes an object; nothing is lost and nothing is left. */
class ObjectCrashTests {

    private static final Map<String, String> SWEEPING = Map.of(
            "WAYBILL_OBJECTS_LOOSEBYTESGRACE", "1s",
            "WAYBILL_OBJECTS_SWEEPINTERVAL", "1s");

    @TempDir
    Path folder;

    private LocalServices services;

    @BeforeEach
    void startTheStores() {
        services = LocalServices.inMemory(folder);
    }

    @AfterEach
    void stopTheStores() {
        services.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"object.bytes-noted", "object.blob-stored", "object.claimed", "object.written", "object.settled"
            })
    void anObjectThatWasHalfMadeIsMadeAgainAndStaysOne(String step) {
        try (ServiceProcess doomed = ServiceProcess.start(services, haltingAt(step))) {
            Workspace shop = Workspace.create(doomed.client());
            Map<String, ?> photo = photo();
            assertThatThrownBy(() -> create(shop, photo)).isInstanceOf(UncheckedIOException.class);
            assertThat(doomed.exitCode()).isEqualTo(137);

            try (ServiceUnderTest survivor = ServiceUnderTest.start(services, aMinuteLater())) {
                Workspace again = shop.through(survivor.client());
                Answer made = create(again, photo);
                assertThat(made.status()).as(made.text()).isEqualTo(200);
                assertThat(again.object(made.at("/object_id")).status()).isEqualTo(200);
                assertThat(again.objects()).isEqualTo(1);
                assertOnlyStored(survivor, 1);
                Answer read = again.client()
                        .get(again.path("/objects/" + made.at("/object_id") + "?return_presigned_urls=true"));
                assertThat(Workspace.get(read.at("/blobs/0/presigned_url")).statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete.noted", "delete.traces-removed", "delete.removed", "loose-bytes.announced"})
    void aHalfDoneDeleteCanBeRepeatedAndLeavesNoBytes(String step) {
        try (ServiceProcess doomed = ServiceProcess.start(services, haltingAt(step))) {
            Workspace shop = Workspace.create(doomed.client());
            String id = create(shop, photo()).at("/object_id");
            assertThatThrownBy(() -> shop.client().delete(shop.path("/objects/" + id)))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(doomed.exitCode()).isEqualTo(137);

            try (ServiceUnderTest survivor = ServiceUnderTest.start(services, SWEEPING)) {
                Workspace again = shop.through(survivor.client());
                assertThat(again.client().delete(again.path("/objects/" + id)).status())
                        .isIn(204, 404);
                assertThat(again.object(id).status()).isEqualTo(404);
                assertOnlyStored(survivor, 0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"object.change-noted", "object.changed"})
    void aHalfDoneUpdateLeavesTheOldBytesOrTheNewOnes(String step) {
        try (ServiceProcess doomed = ServiceProcess.start(services, haltingAt(step))) {
            Workspace shop = Workspace.create(doomed.client());
            String id = create(shop, photo()).at("/object_id");
            assertThatThrownBy(() -> shop.client().put(shop.path("/objects/" + id), photo()))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(doomed.exitCode()).isEqualTo(137);

            try (ServiceUnderTest survivor = ServiceUnderTest.start(services, SWEEPING)) {
                Workspace again = shop.through(survivor.client());
                assertOnlyStored(survivor, 1);
                Answer read = again.client().get(again.path("/objects/" + id + "?return_presigned_urls=true"));
                assertThat(Workspace.get(read.at("/blobs/0/presigned_url")).statusCode())
                        .isEqualTo(200);
            }
        }
    }

    private static Answer create(Workspace shop, Map<String, ?> object) {
        return shop.client().post(shop.path("/objects"), object);
    }

    private static Map<String, ?> photo() {
        return Map.of(
                "blobs",
                List.of(Map.of(
                        "property",
                        "hero_image",
                        "type",
                        "image",
                        "data",
                        Base64.getEncoder().encodeToString(SampleFiles.jpeg()))),
                "skip_duplicates",
                true);
    }

    private static void assertOnlyStored(ServiceUnderTest service, int files) {
        ObjectStorage storage = service.bean(ObjectStorage.class);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(storage.list("", null, 100)).hasSize(files));
    }

    /** When the claim of the one that died is taken for lost. */
    private static Map<String, String> aMinuteLater() {
        MovedTime time = MovedTime.create();
        time.ahead(Duration.ofMinutes(1));
        Map<String, String> settings = new HashMap<>(SWEEPING);
        settings.putAll(time.settings());
        return settings;
    }

    private static Map<String, String> haltingAt(String step) {
        // It does not sweep itself: dying in the middle of that would keep the sweep's lock.
        return Map.of("WAYBILL_HALT_AT", step, "WAYBILL_OBJECTS_LOOSEBYTESGRACE", "1s");
    }
}
