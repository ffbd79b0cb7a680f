package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.stories.MongoWire.Cut;
import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import dev.waybill.testing.Workspace;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes with an unknown outcome: the connection to MongoDB is cut before or after a write was applied. */
@Order(2)
class LostAnswerTests {

    private static MongoWire wire;
    private static ServiceUnderTest service;

    private Workspace shop;

    @BeforeAll
    static void start() {
        Stores stores = Stores.create();
        wire = MongoWire.before(URI.create(stores.environment().get("MONGODB_URI")));
        Map<String, String> settings = new HashMap<>(Map.of("MONGODB_URI", wire.uri()));
        // Nothing but the requests themselves goes over the wire.
        settings.put("waybill.uploads.expiry-interval", "1h");
        service = ServiceUnderTest.start(stores, settings);
    }

    @AfterAll
    static void stop() {
        service.close();
        wire.close();
    }

    @BeforeEach
    void open() {
        shop = Workspace.create(service.client());
    }

    static Stream<Arguments> cuts() {
        return Stream.of("find uploads", "insert objects", "update uploads")
                .flatMap(command -> Stream.of(Cut.values()).map(cut -> Arguments.of(command, cut)));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aConfirmEndsOnceWhateverIsLost(String command, Cut cut) {
        String upload = shop.putJpeg();
        wire.cut(command, cut, 0);

        Answer first = shop.confirm(upload);

        assertThat(wire.wasCut()).isTrue();
        assertThat(first.status()).as(first.text()).isIn(200, 503);
        assertThat(first.text()).doesNotContainIgnoringCase("nothing was changed");
        Answer again = shop.confirm(upload);
        assertThat(again.at("/status")).as(again.text()).isEqualTo("COMPLETED");
        assertThat(shop.object(again.at("/object_id")).status()).isEqualTo(200);
        assertThat(shop.objects()).isOne();
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aDuplicateEndsOnceWhateverIsLost(String command, Cut cut) {
        byte[] bytes = SampleFiles.jpeg();
        String object = shop.confirm(put(bytes)).at("/object_id");
        String upload = put(bytes);
        // The first insert is refused, and the second one is the marker's.
        wire.cut(command, cut, command.equals("insert objects") ? 1 : 0);

        Answer first = shop.confirm(upload);

        assertThat(wire.wasCut()).isTrue();
        assertThat(first.status()).as(first.text()).isIn(200, 503);
        Answer again = shop.confirm(upload);
        assertThat(again.at("/object_id")).as(again.text()).isEqualTo(object);
        assertThat(again.json().at("/is_duplicate").asBoolean()).isTrue();
        assertThat(shop.objects()).isOne();
    }

    static Stream<Arguments> writes() {
        return cuts().filter(cut -> !cut.get()[0].equals("find uploads"));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aBatchOfConfirmsEndsEachOnceWhateverIsLost(String command, Cut cut) {
        byte[] same = SampleFiles.jpeg();
        List<String> uploads = List.of(put(same), put(SampleFiles.jpeg()), put(same));
        wire.cut(command, cut, 0);

        Answer task = shop.settled(shop.confirmAll(uploads).at("/task_id"));

        assertThat(wire.wasCut()).isTrue();
        for (String upload : uploads) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> shop.confirm(upload).at("/status").equals("COMPLETED"));
        }
        assertThat(task.json().at("/outputs")).as(task.text()).hasSize(3);
        assertThat(shop.objects()).isEqualTo(2);
    }

    static Stream<Cut> cutsOfInserts() {
        return Stream.of(Cut.values());
    }

    @ParameterizedTest
    @MethodSource("cutsOfInserts")
    void anObjectIsMadeOnceWhateverIsLost(Cut cut) {
        Map<String, Object> request = Map.of(
                "blobs",
                List.of(Map.of("property", "product_text", "type", "text", "data", "words")),
                "skip_duplicates",
                true);
        wire.cut("insert objects", cut, 0);

        Answer made = shop.client().post(shop.path("/objects"), request);

        assertThat(wire.wasCut()).isTrue();
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(shop.client().post(shop.path("/objects"), request).at("/object_id"))
                .isEqualTo(made.at("/object_id"));
        assertThat(shop.objects()).isOne();
    }

    @ParameterizedTest
    @MethodSource("cutsOfInserts")
    void anObjectIsChangedAndDeletedOnceWhateverIsLost(Cut cut) {
        String path = shop.path("/objects/"
                + shop.client()
                        .post(shop.path("/objects"), Map.of("metadata", Map.of("a", 1)))
                        .at("/object_id"));
        wire.cut("update objects", cut, 0);
        Answer changed = shop.client().patch(path, Map.of("key_prefix", "/a"));
        assertThat(wire.wasCut()).isTrue();
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(shop.client().get(path).header("ETag")).isEqualTo("\"2\"");

        wire.cut("update objects", cut, 0);
        Answer deleted = shop.client().delete(path);
        assertThat(wire.wasCut()).isTrue();
        assertThat(deleted.status()).as(deleted.text()).isEqualTo(204);
        assertThat(shop.client().get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @MethodSource("cutsOfInserts")
    void aCancelHoldsWhateverIsLost(Cut cut) {
        String upload = shop.putJpeg();
        wire.cut("insert objects", cut, 0);

        assertThat(shop.client().delete(shop.path("/uploads/" + upload)).status())
                .isEqualTo(204);

        assertThat(wire.wasCut()).isTrue();
        assertThat(shop.confirm(upload).status()).isEqualTo(409);
    }

    /** What one confirm costs, when its bucket and its key are known. */
    @Test
    void aConfirmIsOneFindOneInsertAndOneUpdate() {
        shop.confirm(shop.putJpeg());
        String upload = shop.putJpeg();
        shop.upload(upload);
        wire.takeCommands();
        wire.takeThoseOfAllNamespaces();
        List<Long> before = countedByTheDriver();

        assertThat(shop.confirm(upload).status()).isEqualTo(200);

        assertThat(wire.takeCommands().stream().filter(LostAnswerTests::isOfARequest))
                .containsExactly("find uploads", "insert objects", "update uploads");
        List<Long> after = countedByTheDriver();
        assertThat(IntStream.range(0, 3).mapToObj(i -> after.get(i) - before.get(i)))
                .containsExactly(1L, 1L, 1L);
        assertThat(wire.takeThoseOfAllNamespaces().stream().filter(LostAnswerTests::isOfARequest))
                .isEmpty();
    }

    /** Finds and updates of uploads, and inserts of objects, as the driver's own listener counts them. */
    private static List<Long> countedByTheDriver() {
        return Stream.of("find uploads", "insert objects", "update uploads")
                .map(command -> command.split(" "))
                .map(command -> service
                        .bean(MeterRegistry.class)
                        .find("mongodb.driver.commands")
                        .tags("command", command[0], "collection", command[1])
                        .timers()
                        .stream()
                        .mapToLong(Timer::count)
                        .sum())
                .toList();
    }

    /** Counting and sweeping go on beside it. */
    private static boolean isOfARequest(String command) {
        return (command.endsWith(" uploads") || command.endsWith(" objects"))
                && !command.startsWith("aggregate")
                && !command.startsWith("delete");
    }

    private String put(byte[] bytes) {
        Answer upload = shop.askForJpeg();
        assertThat(Workspace.put(upload.json(), bytes).statusCode()).isEqualTo(200);
        return upload.at("/upload_id");
    }
}
