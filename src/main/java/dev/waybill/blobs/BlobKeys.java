package dev.waybill.blobs;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.storage.FileNames;
import dev.waybill.platform.storage.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The storage keys of blobs. What clients upload lies under {@code staging/} until it is verified; final keys are new
 * for each attempt, and written once. Both contain one of sixteen shards, so that storage spreads the load, a
 * time-ordered id, so that they can be walked by age, and a partition, which is the namespace, or the organization of
 * what belongs to none: {@code staging/a/0VXsK2aQ3nB8xYz1/ns_1/photo.jpg} and
 * {@code 7/0VXsK2aQ3nB8xYz2/ns_1/photo.jpg}.
 */
public final class BlobKeys {

    /** The only keys that clients can write. */
    public static final String STAGING = "staging/";

    /** The maximum age of a key when a row first references it: far less than the walk over keys stays behind. */
    static final Duration YOUNG = Duration.ofHours(12);

    /** The prefixes of the keys, after {@link #STAGING} or by themselves. */
    static final List<String> SHARDS =
            IntStream.range(0, 16).mapToObj(i -> Integer.toHexString(i) + "/").toList();

    private static final Pattern FORM = Pattern.compile("(?:staging/)?[0-9a-f]/([0-9A-Za-z]{16})/([^/]+)/.+");

    private BlobKeys() {}

    /**
     * The staging key of an upload.
     *
     * @param id ends in the 16 characters that {@link IdGenerator} makes
     * @param partition the namespace, or the organization of what belongs to none
     */
    public static ObjectKey staged(String id, String partition, String filename) {
        return new ObjectKey(STAGING + tail(id.substring(id.length() - IdGenerator.LENGTH), partition, filename));
    }

    /** A new final key at each call. */
    public static ObjectKey fresh(IdGenerator ids, String partition, String filename) {
        return new ObjectKey(tail(ids.nextOfThisRun(""), partition, filename));
    }

    public static boolean isStaged(ObjectKey key) {
        return key.value().startsWith(STAGING);
    }

    /** When a key was created; empty for one of another form. */
    public static Optional<Instant> timeOf(ObjectKey key) {
        Matcher form = FORM.matcher(key.value());
        return form.matches() ? Optional.of(IdGenerator.timeOf(form.group(1))) : Optional.empty();
    }

    /** The namespace or the organization that a key belongs to; empty for one of another form. */
    public static Optional<String> partitionOf(ObjectKey key) {
        Matcher form = FORM.matcher(key.value());
        return form.matches() ? Optional.of(form.group(2)) : Optional.empty();
    }

    /**
     * To be called right before a row is written that references new keys: the walk removes old ones without a row.
     *
     * @throws WaybillException 503 when the attempt that created them has stalled for too long
     */
    public static void requireYoung(Collection<ObjectKey> keys, Instant now) {
        if (areOld(keys, now)) {
            throw tooOld();
        }
    }

    /** As {@link #requireYoung}, as a value. */
    public static boolean areOld(Collection<ObjectKey> keys, Instant now) {
        return keys.stream()
                .flatMap(key -> timeOf(key).stream())
                .anyMatch(made -> made.plus(YOUNG).isBefore(now));
    }

    private static WaybillException tooOld() {
        return WaybillException.tryAgain("This attempt took more than %d hours. Try again.".formatted(YOUNG.toHours()));
    }

    private static String tail(String id, String partition, String filename) {
        String shard = SHARDS.get(id.charAt(id.length() - 1) % SHARDS.size());
        return shard + id + "/" + partition + "/" + FileNames.inKey(filename);
    }
}
