package dev.waybill.platform.storage;

import dev.waybill.platform.ids.TextValue;
import java.nio.charset.StandardCharsets;

/**
 * The key of an object in the managed bucket: 1 to 1024 bytes of UTF-8
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html), without control characters, without an
 * empty, {@code .} or {@code ..} segment.
 */
public record ObjectKey(String value) implements TextValue {

    private static final int MAX_BYTES = 1024;

    public ObjectKey {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException("an object key holds 1 to 1024 bytes, not " + bytes);
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("an object key holds no control characters");
        }
        for (String segment : value.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("an object key holds no empty, . or .. segment");
            }
        }
    }

    /** The last segment. */
    public String filename() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
