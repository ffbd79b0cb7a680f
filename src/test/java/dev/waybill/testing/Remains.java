package dev.waybill.testing;

import com.mongodb.client.MongoDatabase;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bson.Document;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * A normalized snapshot of what a service left in its stores, so that two runs of the same flow can be compared: every
 * document and every key of a file, without what always differs (ids, times, hashes, random bytes).
 *
 * @param found the sorted documents of each collection, and the sorted keys of files under {@code (storage)}
 */
record Remains(Map<String, List<String>> found) {

    /**
     * Locks, times of last use and cursors of walks depend on timing, not on the flow.
     */
    private static final Set<String> TIMING_DEPENDENT = Set.of("locks", "object_walks");

    private static final Set<String> TIMING_DEPENDENT_FIELDS =
            Set.of("last_used_at", "last_used", "sealed", "duration_millis", "generation_time_seconds");

    private static final JsonWriterSettings JSON =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

    private static final Pattern INSTANT = Pattern.compile("\\{\"\\$date\": [^}]*}");
    private static final Pattern INSTANT_TEXT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");

    /** Sizes of random pictures are random too. */
    private static final Pattern LARGE = Pattern.compile("(?<![\\w.#-])\\d{3,}(?![\\w.#-])");

    /** Where keys of files begin. */
    private static final Pattern SHARD = Pattern.compile("(^|\"|staging/)[0-9a-f]/");

    private static final Pattern BINARY = Pattern.compile("\\{\"\\$binary\": \\{[^}]*}}");

    /**
     * An id, a hash, a number of milliseconds: a word of eight characters or more that holds a digit, or one of sixteen
     * that holds a capital letter, as an id may have no digit.
     */
    private static final Pattern RANDOM =
            Pattern.compile("(?<![A-Za-z0-9_-])([a-z]{2,8}_)?(?:(?=[A-Za-z_-]*\\d)[A-Za-z0-9_-]{8,}"
                    + "|(?=[a-z]*[A-Z])[A-Za-z]{16})(?![A-Za-z0-9_-])");

    static Remains of(Stores stores) {
        Map<String, List<String>> found = new TreeMap<>();
        MongoDatabase database = stores.database();
        for (String collection : database.listCollectionNames()) {
            if (!TIMING_DEPENDENT.contains(collection)) {
                put(
                        found,
                        collection,
                        StreamSupport.stream(
                                        database.getCollection(collection)
                                                .find()
                                                .spliterator(),
                                        false)
                                .map(Remains::normal));
            }
        }
        put(found, "(storage)", stores.files().stream().map(Remains::normal));
        return new Remains(found);
    }

    private static void put(Map<String, List<String>> found, String name, Stream<String> what) {
        List<String> sorted = what.sorted().toList();
        if (!sorted.isEmpty()) {
            found.put(name, sorted);
        }
    }

    private static String normal(Document document) {
        return normal(((Document) sorted(document)).toJson(JSON));
    }

    private static String normal(String text) {
        String timeless = INSTANT.matcher(text).replaceAll("\"time\"");
        String told = INSTANT_TEXT.matcher(timeless).replaceAll("time");
        String known =
                RANDOM.matcher(BINARY.matcher(told).replaceAll("\"binary\"")).replaceAll("$1#");
        return SHARD.matcher(LARGE.matcher(known).replaceAll("0")).replaceAll("$1#/");
    }

    /** Fields, and what was a set, come in any order. */
    private static Object sorted(Object value) {
        return switch (value) {
            case Document document -> {
                Document ordered = new Document();
                new TreeMap<>(document).forEach((name, each) -> {
                    if (!TIMING_DEPENDENT_FIELDS.contains(name)) {
                        ordered.put(name, each == null ? null : sorted(each));
                    }
                });
                yield ordered;
            }
            case Collection<?> list -> {
                Stream<Object> members = list.stream().map(each -> each == null ? "null" : sorted(each));
                boolean texts = list.stream().allMatch(String.class::isInstance);
                yield (texts ? members.sorted() : members).toList();
            }
            case String text -> text.startsWith("{") ? sorted(Document.parse(text)) : text;
            default -> value;
        };
    }
}
