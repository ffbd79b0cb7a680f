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
 * The keys of bytes. What clients put lies under {@code staging/} until it is verified; final keys are new for each
 * attempt, and written once. Both go on with one of sixteen digits, so that storage spreads the load, and an id that
 * begins with its time, so that they can be walked by age: {@code staging/a/0VXsK2aQ3nB8xYz1/ns_1/photo.jpg} and
 * {@code 7/0VXsK2aQ3nB8xYz2/ns_1/photo.jpg}. Their owner is named by the namespace, or by the organization of what lies
 * in none.
 */
public final class BlobKeys {

    /** The only keys that clients can write. */
    public static final String STAGING = "staging/";

    /** How old a key may be when a row comes to name it: far less than the walk over keys stays behind. */
    static final Duration YOUNG = Duration.ofHours(12);

    /** What the keys begin with, behind {@link #STAGING} or by themselves. */
    static final List<String> SHARDS =
            IntStream.range(0, 16).mapToObj(i -> Integer.toHexString(i) + "/").toList();

    private static final Pattern FORM = Pattern.compile("(?:staging/)?[0-9a-f]/([0-9A-Za-z]{16})/([^/]+)/.+");

    private BlobKeys() {}

    /**
     * Where the client puts the bytes.
     *
     * @param id ends in the 16 characters that {@link IdGenerator} makes
     * @param partition the namespace, or the organization of what lies in none
     */
    public static ObjectKey staged(String id, String partition, String filename) {
        return new ObjectKey(STAGING + tail(id.substring(id.length() - IdGenerator.LENGTH), partition, filename));
    }

    /** A final key, another one at each call. */
    public static ObjectKey fresh(IdGenerator ids, String partition, String filename) {
        return new ObjectKey(tail(ids.nextOfThisRun(""), partition, filename));
    }

    public static boolean isStaged(ObjectKey key) {
        return key.value().startsWith(STAGING);
    }

    /** When a key was made; empty for one that is none of these. */
    public static Optional<Instant> timeOf(ObjectKey key) {
        Matcher form = FORM.matcher(key.value());
        return form.matches() ? Optional.of(IdGenerator.timeOf(form.group(1))) : Optional.empty();
    }

    /** The namespace or the organization that a key belongs to; empty for one that is none of these. */
    public static Optional<String> partitionOf(ObjectKey key) {
        Matcher form = FORM.matcher(key.value());
        return form.matches() ? Optional.of(form.group(2)) : Optional.empty();
    }

    /**
     * To be asked right before a row is written that names new keys: the walk removes old ones that no row names.
     *
     * @throws WaybillException 503 when the attempt that made them has stalled for too long
     */
    public static void requireYoung(Collection<ObjectKey> keys, Instant now) {
        if (areOld(keys, now)) {
            throw tooOld();
        }
    }

    /** The same as a value. */
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
