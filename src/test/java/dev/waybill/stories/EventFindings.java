package dev.waybill.stories;

import static java.util.stream.Collectors.groupingBy;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Differences between the events that a receiver got and what the API answers.
 *
 * @param untrue events that contradict it, or a second event id for one fact: no wait mends that
 * @param pending facts without their event yet, and events whose subject is not that far yet
 */
record EventFindings(List<String> untrue, List<String> pending) {

    /** The statuses of an upload that has not ended. */
    private static final Set<String> OPEN = Set.of("PENDING", "PROCESSING");

    /** @param object the one that the upload became; null where there is none */
    record UploadFact(String status, @Nullable String object, boolean isDuplicate) {}

    /** @param version 0 when the object is gone */
    record ObjectFact(long version) {}

    /**
     * A bucket.
     *
     * @param isThere whether the API shows it
     * @param atLeast how many objects it surely held when its deletion began
     * @param atMost how many it may have held then
     */
    record BucketFact(boolean isThere, int atLeast, int atMost) {}

    /**
     * Everything in one namespace, by id.
     *
     * @param uploads of buckets that are there
     * @param batches of buckets that are there, with their statuses
     * @param objects that are or were in buckets that are there; of no others anything is known
     */
    record Facts(
            Map<String, UploadFact> uploads,
            Map<String, ObjectFact> objects,
            Map<String, String> batches,
            Map<String, BucketFact> buckets) {}

    /** @param subject the id of what it happened to */
    record Event(String id, String type, String subject, JsonNode metadata) {

        static Event of(JsonNode body) {
            return new Event(
                    body.at("/event_id").asString(),
                    body.at("/event_type").asString(),
                    body.at("/subject/id").asString(),
                    body.at("/metadata"));
        }

        String bucket() {
            return metadata.at("/bucket_id").asString("");
        }
    }

    static EventFindings of(Facts facts, List<Event> events) {
        Comparison comparison = new Comparison(facts, events);
        comparison.compareIds();
        comparison.compareUploads();
        comparison.compareObjects();
        comparison.compareBatches();
        comparison.compareBuckets();
        return new EventFindings(List.copyOf(comparison.untrue), List.copyOf(comparison.pending));
    }

    /** Whether there is an event for each fact, and no other. */
    boolean isEmpty() {
        return untrue.isEmpty() && pending.isEmpty();
    }

    private static final class Comparison {

        final Set<String> untrue = new LinkedHashSet<>();
        final Set<String> pending = new LinkedHashSet<>();
        private final Facts facts;
        private final List<Event> events;
        private final Map<String, Set<String>> ids = new HashMap<>();

        Comparison(Facts facts, List<Event> events) {
            this.facts = facts;
            this.events = events;
            events.forEach(
                    event -> ids.computeIfAbsent(event.type() + " " + event.subject(), any -> new LinkedHashSet<>())
                            .add(event.id()));
        }

        /** However often an event arrives, it says the same. */
        void compareIds() {
            events.stream().collect(groupingBy(Event::id)).forEach((id, same) -> {
                if (same.stream().distinct().count() > 1) {
                    untrue.add("one id of different events: " + new LinkedHashSet<>(same));
                }
            });
        }

        void compareUploads() {
            facts.uploads().forEach((id, upload) -> {
                switch (upload.status()) {
                    case "COMPLETED" -> {
                        once("upload.completed", id, upload);
                        never("upload.failed", id, upload);
                    }
                    case "FAILED" -> {
                        once("upload.failed", id, upload);
                        never("upload.completed", id, upload);
                    }
                    case "CANCELED" -> {
                        never("upload.failed", id, upload);
                        never("upload.completed", id, upload);
                    }
                    default -> {
                        if (count("upload.completed", id) + count("upload.failed", id) > 0) {
                            pending.add("%s %s has an event of its end".formatted(id, upload));
                        }
                    }
                }
            });
            for (Event event : events) {
                UploadFact upload = facts.uploads().get(event.subject());
                if (event.type().startsWith("upload.") && upload == null && isThere(event.bucket())) {
                    untrue.add("no such upload: " + event);
                }
                if (event.type().equals("upload.completed") && upload != null) {
                    compareDetails(event, upload);
                }
                if (event.type().equals("upload.completed") && count("upload.failed", event.subject()) > 0) {
                    untrue.add("failed and completed: " + event);
                }
            }
        }

        private void compareDetails(Event event, UploadFact upload) {
            String object = event.metadata().at("/object_id").asString("");
            if (upload.status().equals("COMPLETED")
                    && (!object.equals(upload.object() == null ? "" : upload.object())
                            || event.metadata().at("/is_duplicate").asBoolean() != upload.isDuplicate())) {
                untrue.add("%s is said to be %s".formatted(upload, event));
            }
        }

        void compareObjects() {
            facts.objects().forEach((id, object) -> {
                once("object.created", id, object);
                if (object.version() == 0) {
                    once("object.deleted", id, object);
                } else {
                    never("object.deleted", id, object);
                    int changes = count("object.updated", id);
                    if (changes > object.version() - 1) {
                        untrue.add("%s %s was changed %d times".formatted(id, object, changes));
                    } else if (changes == 0 && object.version() > 1) {
                        pending.add("%s %s and no object.updated".formatted(id, object));
                    }
                }
            });
            for (Event event : events) {
                switch (event.type()) {
                    case "object.created", "object.updated" -> compareSubject(event, event.subject());
                    case "object.deleted" -> {
                        if (!isThere(event.bucket())) {
                            untrue.add("went with its bucket: " + event);
                        }
                        compareSubject(event, event.subject());
                    }
                    case "objects.created.batch" ->
                        event.metadata().at("/object_ids").forEach(object -> compareSubject(event, object.asString()));
                    case "upload.completed", "upload.failed", "batch.completed", "batch.failed", "bucket.deleted" -> {}
                    default -> untrue.add("nothing of that kind happened: " + event);
                }
            }
        }

        private void compareSubject(Event event, String object) {
            if (!isThere(event.bucket()) || facts.objects().containsKey(object)) {
                return;
            }
            // The object came and went, and its upload does not say so yet.
            UploadFact upload = facts.uploads().get(object.replace("obj_", "upl_"));
            if (upload != null && OPEN.contains(upload.status())) {
                pending.add("%s is open, and its object has an event: %s".formatted(upload, event));
            } else {
                untrue.add("no such object, but %s: %s".formatted(upload, event));
            }
        }

        void compareBatches() {
            facts.batches().forEach((id, status) -> {
                switch (status) {
                    case "COMPLETED", "COMPLETED_WITH_ERRORS" -> {
                        once("batch.completed", id, status);
                        never("batch.failed", id, status);
                    }
                    case "FAILED" -> {
                        once("batch.failed", id, status);
                        never("batch.completed", id, status);
                    }
                    case "CANCELED" -> {
                        never("batch.failed", id, status);
                        never("batch.completed", id, status);
                    }
                    default -> {
                        if (count("batch.completed", id) + count("batch.failed", id) > 0) {
                            untrue.add("%s is %s and has an event of its end".formatted(id, status));
                        }
                    }
                }
            });
            for (Event event : events) {
                if (event.type().startsWith("batch.")
                        && !facts.batches().containsKey(event.subject())
                        && isThere(event.bucket())) {
                    untrue.add("no such batch: " + event);
                }
            }
        }

        void compareBuckets() {
            facts.buckets().forEach((id, bucket) -> {
                if (bucket.isThere()) {
                    never("bucket.deleted", id, bucket);
                } else {
                    once("bucket.deleted", id, bucket);
                }
            });
            for (Event event : events) {
                if (event.type().equals("bucket.deleted")) {
                    BucketFact bucket = facts.buckets().get(event.subject());
                    int held = event.metadata().at("/object_count").asInt(-1);
                    if (bucket == null || held < bucket.atLeast() || held > bucket.atMost()) {
                        untrue.add("%s is said to have been %s".formatted(bucket, event));
                    }
                }
            }
        }

        private boolean isThere(String bucket) {
            BucketFact fact = facts.buckets().get(bucket);
            return fact != null && fact.isThere();
        }

        private int count(String type, String subject) {
            return ids.getOrDefault(type + " " + subject, Set.of()).size();
        }

        private void once(String type, String subject, Object fact) {
            int count = count(type, subject);
            if (count == 0) {
                pending.add("%s %s and no %s".formatted(subject, fact, type));
            } else if (count > 1) {
                untrue.add("%s %s and %d ids of %s".formatted(subject, fact, count, type));
            }
        }

        private void never(String type, String subject, Object fact) {
            if (count(type, subject) > 0) {
                untrue.add("%s %s and %s".formatted(subject, fact, type));
            }
        }
    }
}
