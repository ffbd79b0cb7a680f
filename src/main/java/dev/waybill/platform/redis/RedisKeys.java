package dev.waybill.platform.redis;

import java.util.List;

/** Names of keys. All start with {@code waybill:}, so that the service can share a Redis with others. */
public final class RedisKeys {

    public static final String PREFIX = "waybill:";

    private RedisKeys() {}

    /**
     * {@code waybill:tasks:42} from {@code "tasks", "42"}.
     *
     * @param parts from the room inward; at least one, none blank. Ids of ours hold no colon.
     */
    public static String of(String... parts) {
        List<String> all = List.of(parts);
        if (all.isEmpty() || all.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a key needs parts, none of them blank: " + all);
        }
        return PREFIX + String.join(":", all);
    }
}
