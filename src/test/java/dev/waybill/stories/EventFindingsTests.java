package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.stories.EventFindings.BucketFact;
import dev.waybill.stories.EventFindings.Event;
import dev.waybill.stories.EventFindings.Facts;
import dev.waybill.stories.EventFindings.ObjectFact;
import dev.waybill.stories.EventFindings.UploadFact;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The comparison finds each kind of untrue event and each missing one, and nothing in true events. */
class EventFindingsTests {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A completed upload with its object, which was changed once, a failed one, a canceled one, and a bucket that went.
     */
    private static final Facts FACTS = new Facts(
            Map.of(
                    "upl_done", new UploadFact("COMPLETED", "obj_done", false),
                    "upl_gone", new UploadFact("COMPLETED", "obj_gone", false),
                    "upl_same", new UploadFact("COMPLETED", "obj_done", true),
                    "upl_failed", new UploadFact("FAILED", null, false),
                    "upl_canceled", new UploadFact("CANCELED", null, false),
                    "upl_open", new UploadFact("PENDING", null, false)),
            Map.of("obj_done", new ObjectFact(2), "obj_gone", new ObjectFact(0)),
            Map.of(
                    "btch_done",
                    "COMPLETED",
                    "btch_failed",
                    "FAILED",
                    "btch_canceled",
                    "CANCELED",
                    "btch_open",
                    "PROCESSING"),
            Map.of("bkt_here", new BucketFact(true, 0, 0), "bkt_gone", new BucketFact(false, 2, 3)));

    private static final List<Event> EVENTS = List.of(
            completed("upl_done", "obj_done", false),
            completed("upl_gone", "obj_gone", false),
            completed("upl_same", "obj_done", true),
            event("upload.failed", "upl_failed"),
            event("object.created", "obj_done"),
            event("object.updated", "obj_done"),
            event("object.created", "obj_gone"),
            event("object.deleted", "obj_gone"),
            event("batch.completed", "btch_done"),
            event("batch.failed", "btch_failed"),
            event("object.created", "obj_of_the_bucket", Map.of("bucket_id", "bkt_gone")),
            event("bucket.deleted", "bkt_gone", Map.of("bucket_id", "bkt_gone", "object_count", 3)));

    static Stream<Arguments> untrue() {
        return Stream.of(
                Arguments.of("a canceled upload", completed("upl_canceled", "obj_canceled", false)),
                Arguments.of("a canceled upload as failed", event("upload.failed", "upl_canceled")),
                Arguments.of("a failed upload as completed", completed("upl_failed", "obj_failed", false)),
                Arguments.of("a completed upload as failed", event("upload.failed", "upl_done")),
                Arguments.of("an upload that never was", event("upload.failed", "upl_never")),
                Arguments.of("a second id", again("upload.completed", "upl_done")),
                Arguments.of("an object of a canceled upload", event("object.created", "obj_canceled")),
                Arguments.of("an object that is there as deleted", event("object.deleted", "obj_done")),
                Arguments.of("a deletion under two ids", again("object.deleted", "obj_gone")),
                Arguments.of("a change that never was", again("object.updated", "obj_done")),
                Arguments.of(
                        "an object that went with its bucket",
                        event("object.deleted", "obj_of_the_bucket", Map.of("bucket_id", "bkt_gone"))),
                Arguments.of("a bucket that is there", event("bucket.deleted", "bkt_here")),
                Arguments.of("a bucket's deletion under two ids", again("bucket.deleted", "bkt_gone")),
                Arguments.of("a canceled batch", event("batch.completed", "btch_canceled")),
                Arguments.of("a batch that is at work", event("batch.failed", "btch_open")),
                Arguments.of("a failed batch as completed", event("batch.completed", "btch_failed")),
                Arguments.of("a completed batch as failed", event("batch.failed", "btch_done")),
                Arguments.of("a batch that never was", event("batch.failed", "btch_never")),
                Arguments.of("something else", event("sync.completed", "sync_1")),
                Arguments.of(
                        "an object among others",
                        event(
                                "objects.created.batch",
                                "bkt_here",
                                Map.of("bucket_id", "bkt_here", "object_ids", List.of("obj_done", "obj_never")))),
                Arguments.of("another object", completed("upl_done", "obj_gone", false)),
                Arguments.of("a duplicate as the first", completed("upl_same", "obj_done", false)));
    }

    @Test
    void trueEventsHaveNoFindings() {
        assertThat(EventFindings.of(FACTS, EVENTS)).matches(EventFindings::isEmpty);
    }

    @Test
    void anEventMayArriveTwice() {
        assertThat(EventFindings.of(
                        FACTS, Stream.concat(EVENTS.stream(), EVENTS.stream()).toList()))
                .matches(EventFindings::isEmpty);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("untrue")
    void anUntrueEventIsFound(String what, Event lie) {
        assertThat(EventFindings.of(FACTS, with(lie)).untrue()).isNotEmpty();
    }

    @Test
    void oneIdOfDifferentThingsIsFound() {
        Event other = new Event(
                EVENTS.getFirst().id(),
                "object.created",
                "obj_of_the_bucket",
                EVENTS.getLast().metadata());
        assertThat(EventFindings.of(
                                FACTS,
                                Stream.concat(EVENTS.stream(), Stream.of(other)).toList())
                        .untrue())
                .hasSize(1);
    }

    @Test
    void anotherCountOfObjectsIsFound() {
        for (int count : new int[] {1, 4}) {
            Event wrong = event("bucket.deleted", "bkt_gone", Map.of("bucket_id", "bkt_gone", "object_count", count));
            assertThat(EventFindings.of(FACTS, with(wrong)).untrue()).isNotEmpty();
        }
    }

    @Test
    void eachEventThatIsMissingIsFound() {
        for (Event missing : EVENTS) {
            List<Event> others =
                    EVENTS.stream().filter(event -> event != missing).toList();
            boolean isUnknown =
                    missing.bucket().equals("bkt_gone") && missing.type().equals("object.created");
            assertThat(EventFindings.of(FACTS, others).pending().isEmpty())
                    .as(missing.toString())
                    .isEqualTo(isUnknown);
        }
    }

    @Test
    void eventsOfAnOpenUploadArePendingUntilItEnds() {
        EventFindings found = EventFindings.of(
                FACTS,
                Stream.concat(
                                EVENTS.stream(),
                                Stream.of(
                                        completed("upl_open", "obj_open", false), event("object.created", "obj_open")))
                        .toList());

        assertThat(found.pending()).hasSize(2);
        assertThat(found.untrue()).isEmpty();
    }

    /** Replaces the one with its id, if there is one. */
    private static List<Event> with(Event more) {
        Stream<Event> others = EVENTS.stream().filter(event -> !event.id().equals(more.id()));
        return Stream.concat(others, Stream.of(more)).toList();
    }

    private static Event completed(String upload, String object, boolean isDuplicate) {
        return event(
                "upload.completed",
                upload,
                Map.of("bucket_id", "bkt_here", "object_id", object, "is_duplicate", isDuplicate));
    }

    private static Event event(String type, String subject) {
        return event(type, subject, Map.of("bucket_id", "bkt_here"));
    }

    private static Event event(String type, String subject, Map<String, ?> metadata) {
        return new Event("evt_" + type + subject, type, subject, JSON.valueToTree(metadata));
    }

    /** An event like an existing one, under another id. */
    private static Event again(String type, String subject) {
        Event first = EVENTS.stream()
                .filter(event -> event.type().equals(type) && event.subject().equals(subject))
                .findFirst()
                .orElseThrow();
        return new Event(first.id() + "_again", type, subject, first.metadata());
    }
}
