package dev.waybill.stories;

import static dev.waybill.stories.Quota.assertFull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.Soak;
import dev.waybill.testing.Studio;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A service crashes between reserving, writing and settling; a minute later the counters of the quota are right again.
 */
@Order(5)
@ResourceLock(CrashStory.EAGER)
class QuotaCrashTests extends CrashStory {

    private static final Duration WAIT = Duration.ofSeconds(60);

    private static final List<String> DOOR = List.of("quota.reserved", "quota.written", "quota.settled");

    QuotaCrashTests() {
        super(EAGER);
    }

    static List<String> asking() {
        return Soak.share(DOOR, 1);
    }

    static List<String> announcing() {
        return Soak.share(DOOR, 1);
    }

    static List<String> confirming() {
        return Soak.share(with("confirm.object-written"), 2);
    }

    static List<String> creating() {
        return Soak.share(with("object.written"), 2);
    }

    static List<String> changing() {
        return Soak.share(with("object.changed"), 2);
    }

    static List<String> confirmingWhatWasAnnounced() {
        return Soak.share(
                List.of("confirm.verified", "object.row-inserted", "confirm.object-written", "confirm.completed"), 2);
    }

    static List<String> deleting() {
        return Soak.share(List.of("delete.removed", "delete.traces-removed", "delete.told"), 1);
    }

    static List<String> confirmingAnAgentsFile() {
        return Soak.share(
                List.of("submissions.verified", "submissions.media-completed", "submissions.event-written"), 1);
    }

    private static List<String> with(String step) {
        return Stream.concat(DOOR.stream(), Stream.of(step)).toList();
    }

    @ParameterizedTest
    @MethodSource("asking")
    void anUploadThatWasHalfCreatedReservesItsSizeOrNothing(String step) {
        Quota quota = Quota.of(1000, survivor().client());
        try (CrashableService doomed = dyingAt(step)) {
            Quota dying = quota.through(doomed.client());
            assertDies(doomed, () -> dying.ask(900));

            assertFull(quota.ask(101));
            aMinutePasses();

            boolean there = !step.equals("quota.reserved");
            quota.assertHeld(0, there ? 900 : 0);
            assertRoomFor(quota, there ? 100 : 1000);
        }
    }

    @ParameterizedTest
    @MethodSource("confirming")
    void aConfirmThatDiedIsConfirmedAgainAndCountsOnce(String step) {
        Quota quota = Quota.of(1000, survivor().client());
        String upload = quota.put(null, 600);
        try (CrashableService doomed = dyingAt(step)) {
            Workspace dying = quota.through(doomed.client()).shop();
            assertDies(doomed, () -> dying.confirm(upload));

            assertFull(quota.ask(401));
            aMinutePasses();
            Answer again = quota.shop().confirm(upload);

            assertThat(again.status()).as(again.text()).isEqualTo(200);
            quota.assertHeld(600, 0);
            assertRoomFor(quota, 400);
        }
    }

    @ParameterizedTest
    @MethodSource("confirmingWhatWasAnnounced")
    void whatWasAnnouncedIsNeverCountedTwiceOrNotAtAll(String step) {
        Quota quota = Quota.of(1000, survivor().client());
        String upload = quota.put(900, 900);
        try (CrashableService doomed = dyingAt(step)) {
            Workspace dying = quota.through(doomed.client()).shop();
            assertDies(doomed, () -> dying.confirm(upload));

            assertFull(quota.ask(101));
            await().atMost(WAIT).untilAsserted(() -> {
                boolean there = !step.equals("confirm.verified");
                quota.assertHeld(there ? 900 : 0, there ? 0 : 900);
            });
            assertThat(quota.shop().confirm(upload).status()).isEqualTo(200);
            quota.assertHeld(900, 0);
            assertRoomFor(quota, 100);
        }
    }

    @ParameterizedTest
    @MethodSource("creating")
    void anObjectThatWasHalfMadeCountsIfItIsThere(String step) {
        Quota quota = Quota.of(1000, survivor().client());
        try (CrashableService doomed = dyingAt(step)) {
            Quota dying = quota.through(doomed.client());
            assertDies(doomed, () -> dying.create(600));

            assertFull(quota.create(401));
            aMinutePasses();

            boolean there = !step.equals("quota.reserved");
            assertThat(quota.shop().objects()).isEqualTo(there ? 1 : 0);
            quota.assertHeld(there ? 600 : 0, 0);
            assertRoomFor(quota, there ? 400 : 1000);
        }
    }

    @ParameterizedTest
    @MethodSource("changing")
    void aHalfDoneChangeCountsAsItIs(String step) {
        Quota quota = Quota.of(1000, survivor().client());
        String path = quota.shop().path("/objects/" + quota.create(300).at("/object_id"));
        Map<String, ?> larger = Map.of("blobs", List.of(Quota.blob(Quota.string(900))));
        try (CrashableService doomed = dyingAt(step)) {
            WaybillClient dying = quota.through(doomed.client()).shop().client();
            assertDies(doomed, () -> dying.put(path, larger));

            assertFull(quota.create(101));
            aMinutePasses();

            boolean changed = !step.equals("quota.reserved");
            quota.assertHeld(changed ? 900 : 300, 0);
            assertRoomFor(quota, changed ? 100 : 700);
        }
    }

    @ParameterizedTest
    @MethodSource("deleting")
    void whatAHalfDoneDeleteRemovedIsFreeAtOnce(String step) {
        Quota quota = Quota.of(1000, survivor().client());
        String object = quota.create(900).at("/object_id");
        try (CrashableService doomed = dyingAt(step)) {
            Workspace dying = quota.through(doomed.client()).shop();
            assertDies(doomed, () -> dying.client().delete(dying.path("/objects/" + object)));

            assertRoomFor(quota, 1000);
        }
    }

    @ParameterizedTest
    @MethodSource("announcing")
    void anAgentsFileThatWasHalfAnnouncedReservesItsSizeOrNothing(String step) {
        Quota quota = Quota.of(1000, survivor().client());
        Studio studio =
                Studio.open(survivor().client().withKey(quota.key()), survivor().anonymous());
        String submission = studio.begin();
        try (CrashableService doomed = dyingAt(step)) {
            Studio dying = studio.through(doomed.base(), quota.key());
            assertDies(doomed, () -> dying.announce(submission, "a.png", "image/png", 900));

            assertThat(studio.announce(studio.begin(), "b.png", "image/png", 101)
                            .status())
                    .isEqualTo(403);
            aMinutePasses();

            boolean there = !step.equals("quota.reserved");
            quota.assertHeld(0, there ? 900 : 0);
            assertRoomFor(quota, there ? 100 : 1000);
        }
    }

    @ParameterizedTest
    @MethodSource("confirmingAnAgentsFile")
    void anAgentsFileCountsOnce(String step) {
        Quota quota = Quota.of(10_000, survivor().client());
        Studio studio =
                Studio.open(survivor().client().withKey(quota.key()), survivor().anonymous());
        String submission = studio.putPng();
        long size = quota.usage().json().at("/reserved_bytes").asLong();
        assertThat(size).isPositive();
        try (CrashableService doomed = dyingAt(step)) {
            Studio dying = studio.through(doomed.base(), quota.key());
            assertDies(doomed, () -> dying.confirm(submission));

            boolean there = !step.equals("submissions.verified");
            quota.assertHeld(there ? size : 0, there ? 0 : size);
            assertThat(studio.confirm(submission).status()).isEqualTo(200);
            quota.assertHeld(size, 0);
            assertRoomFor(quota, 10_000 - (int) size);
        }
    }

    @Test
    void aServiceThatStallsForAMinuteIsCountedAllTheSame() {
        Quota quota = Quota.of(1000, survivor().client());
        try (CrashableService late = slowAt("quota.reserved", () -> {
            aMinutePasses();
            quota.assertHeld(0, 0);
            assertThat(quota.ask(500).status()).isEqualTo(200);
        })) {
            assertThat(quota.through(late.client()).ask(400).status()).isEqualTo(200);

            quota.assertHeld(0, 900);
            assertRoomFor(quota, 100);
        }
    }

    @Test
    void whatExpiresIsFree() {
        Quota quota = Quota.of(1000, survivor().client());
        Map<String, ?> confirmsItself = Map.of("auto_confirm", true);
        Answer never = quota.ask(700);
        assertThat(never.status()).isEqualTo(200);
        Answer tooMuch = quota.ask(null, confirmsItself);
        assertThat(Workspace.put(tooMuch.json(), Quota.text(2000)).statusCode()).isEqualTo(200);
        quota.assertHeld(0, 700);

        time().forward(Duration.ofDays(2));

        for (Answer upload : List.of(never, tooMuch)) {
            await().atMost(WAIT)
                    .untilAsserted(() -> assertThat(
                                    quota.shop().upload(upload.at("/upload_id")).at("/status"))
                            .isEqualTo("FAILED"));
        }
        quota.assertHeld(0, 0);
        assertRoomFor(quota, 1000);
    }

    /** There is room for so many bytes more, and for no more than that. */
    private static void assertRoomFor(Quota quota, int bytes) {
        assertFull(quota.ask(bytes + 1));
        Answer fits = quota.ask(bytes);
        assertThat(fits.status()).as(fits.text()).isEqualTo(200);
        assertFull(quota.ask(1));
    }
}
