package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.stories.EventFindings.BucketFact;
import dev.waybill.stories.EventFindings.Event;
import dev.waybill.stories.EventFindings.Facts;
import dev.waybill.stories.EventFindings.ObjectFact;
import dev.waybill.stories.EventFindings.UploadFact;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Receiver.Call;
import dev.waybill.testing.Workspace;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads by the API what is in one namespace, and compares it with the events that a receiver got from there. Threads
 * may share it while they do what is audited later.
 */
final class EventAudit {

    private static final int LIMIT = 1000;

    private static final JsonNode NOTHING = new JsonMapper().createArrayNode();

    private final Workspace shop;
    private final Supplier<List<Call>> calls;

    /** Objects by bucket that answers to clients named, and that may be gone. */
    private final Map<String, String> made = new ConcurrentHashMap<>();

    private final Map<String, BucketFact> deleted = new ConcurrentHashMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    /** @param calls what the receiver got so far, from this namespace and others */
    EventAudit(Workspace shop, Supplier<List<Call>> calls) {
        this.shop = shop;
        this.calls = calls;
    }

    /** An answer that some client got: no server error is allowed. */
    Answer seen(Answer answer) {
        if (answer.status() >= 500) {
            faults.add("%d %s".formatted(answer.status(), answer.text()));
        }
        return answer;
    }

    /** An answer to a client said that this object was created. */
    void made(String bucket, String object) {
        made.put(object, bucket);
    }

    /** A client is about to delete a bucket that holds so many objects. */
    void deleting(String bucket, int atLeast, int atMost) {
        deleted.put(bucket, new BucketFact(false, atLeast, atMost));
    }

    /** The buckets that clients wanted deleted and that the API does not show any more. */
    Set<String> gone() {
        Set<String> gone = new HashSet<>(deleted.keySet());
        gone.removeAll(buckets());
        return gone;
    }

    void assertNoFaults() {
        assertThat(faults).isEmpty();
    }

    /** Events first: what they report happened before. */
    EventFindings findings() {
        List<Event> events = events();
        return EventFindings.of(facts(), events);
    }

    private List<Event> events() {
        return calls.get().stream()
                .map(Call::json)
                .filter(body -> body.at("/namespace_id").asString("").equals(shop.namespace()))
                .map(Event::of)
                .toList();
    }

    /** Reads of a bucket that was deleted meanwhile are no facts. */
    private Facts facts() {
        Set<String> shown = buckets();
        Facts seen = facts(shown);
        for (Set<String> now = buckets(); !now.containsAll(shown); now = buckets()) {
            shown = now;
            seen = facts(shown);
        }
        return seen;
    }

    /** @param shown the buckets that the API shows */
    private Facts facts(Set<String> shown) {
        Map<String, UploadFact> uploads = new HashMap<>();
        Map<String, ObjectFact> objects = new HashMap<>();
        Map<String, String> batches = new HashMap<>();
        Map<String, BucketFact> buckets = new HashMap<>(deleted);
        for (String id : shown) {
            Workspace bucket = shop.in(id);
            buckets.put(id, new BucketFact(true, 0, 0));
            Set<String> known = new HashSet<>();
            made.forEach((object, where) -> {
                if (where.equals(id)) {
                    known.add(object);
                }
            });
            for (JsonNode upload : all(bucket, "/uploads/list?limit=" + LIMIT, Map.of())) {
                UploadFact fact = upload(upload);
                uploads.put(upload.at("/upload_id").asString(), fact);
                if (fact.object() != null) {
                    known.add(fact.object());
                }
            }
            all(bucket, "/objects/list?limit=" + LIMIT, Map.of())
                    .forEach(object -> known.add(object.at("/object_id").asString()));
            all(bucket, "/batches/list", Map.of("limit", LIMIT))
                    .forEach(batch -> batches.put(
                            batch.at("/batch_id").asString(),
                            batch.at("/status").asString()));
            known.forEach(object -> objects.put(object, object(bucket, object)));
        }
        return new Facts(uploads, objects, batches, buckets);
    }

    private static UploadFact upload(JsonNode upload) {
        String object = upload.at("/object_id").asString("");
        return new UploadFact(
                upload.at("/status").asString(),
                object.isEmpty() ? null : object,
                upload.at("/is_duplicate").asBoolean());
    }

    private static ObjectFact object(Workspace bucket, String id) {
        Answer answer = bucket.object(id);
        assertThat(answer.status()).as(answer.text()).isIn(200, 404);
        return new ObjectFact(
                answer.status() == 404
                        ? 0
                        : Long.parseLong(answer.header("ETag").replace("\"", "")));
    }

    private Set<String> buckets() {
        Set<String> ids = new HashSet<>();
        Answer list = shop.client().post("/v1/buckets/list?limit=" + LIMIT);
        list.json()
                .at("/results")
                .forEach(bucket -> ids.add(bucket.at("/bucket_id").asString()));
        assertThat(ids).as(list.text()).hasSizeBetween(1, LIMIT - 1);
        return ids;
    }

    private static JsonNode all(Workspace bucket, String list, Map<String, ?> body) {
        Answer answer = bucket.client().post(bucket.path(list), body);
        if (answer.status() == 404) {
            return NOTHING;
        }
        JsonNode results = answer.json().at("/results");
        assertThat(results.isArray()).as(answer.text()).isTrue();
        assertThat(results.size()).isLessThan(LIMIT);
        return results;
    }
}
