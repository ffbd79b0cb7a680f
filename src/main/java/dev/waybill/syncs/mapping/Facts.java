package dev.waybill.syncs.mapping;

import java.util.Map;

/** What sources of values read of a file; names of {@code metadata} are in lower case. */
record Facts(String key, Map<String, String> metadata, Map<String, String> tags) {

    String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
