package dev.waybill.platform.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/** Deterministic ids of events, derived from what happened, so that an event published again is the same event. */
public final class EventIds {

    private static final String PREFIX = "evt_";
    private static final int BYTES = 12;

    private EventIds() {}

    /**
     * The id of what happened.
     *
     * @param what the type of the event, its subject with its scope, and whatever distinguishes this occurrence from
     *     another
     */
    public static String of(String... what) {
        return PREFIX + digest(what);
    }

    /** 24 hexadecimal digits that stand for all the parts together. */
    public static String digest(String... parts) {
        MessageDigest sha = DigestUtils.getSha256Digest();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            sha.update(bytes);
        }
        return HexFormat.of().formatHex(sha.digest(), 0, BYTES);
    }
}
