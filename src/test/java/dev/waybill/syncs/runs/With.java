package dev.waybill.syncs.runs;

import dev.waybill.syncs.settings.Settings;
import dev.waybill.syncs.settings.SyncMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of a sync that differ from the usual ones. */
final class With {

    private final String path;
    private @Nullable Map<String, Object> filters;
    private @Nullable Map<String, Object> mapping;
    private boolean skipsDuplicates = true;
    private boolean skipsBatches = true;
    private int most = 100_000;
    private int side = 50;
    private SyncMode mode = SyncMode.CONTINUOUS;
    private String key = "key-of-";
    private @Nullable String endpoint;

    With(String path) {
        this.path = path;
    }

    With filters(Map<String, Object> json) {
        filters = json;
        return this;
    }

    With mapping(Map<String, Object> entries) {
        mapping = Map.of("mappings", entries);
        return this;
    }

    With duplicates() {
        skipsDuplicates = false;
        return this;
    }

    With batches() {
        skipsBatches = false;
        return this;
    }

    With atMost(int objects) {
        most = objects;
        return this;
    }

    With sideBySide(int files) {
        side = files;
        return this;
    }

    With connection(String accessKey, @Nullable String endpointUrl) {
        key = accessKey;
        endpoint = endpointUrl;
        return this;
    }

    With once() {
        mode = SyncMode.INITIAL_ONLY;
        return this;
    }

    Settings settings() {
        return new Settings(
                path,
                null,
                filters,
                mapping,
                mode,
                300,
                side,
                skipsDuplicates,
                skipsBatches,
                false,
                most,
                100,
                Map.of(),
                null);
    }

    /** Access key of the connection. */
    String key() {
        return key;
    }

    /** Endpoint of its bucket; null for the default. */
    @Nullable
    String endpoint() {
        return endpoint;
    }
}
