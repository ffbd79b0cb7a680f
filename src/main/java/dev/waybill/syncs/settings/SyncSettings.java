package dev.waybill.syncs.settings;

import dev.waybill.buckets.Bucket;
import dev.waybill.connections.Connection;
import dev.waybill.connections.Connections;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.syncs.filters.FileFilters;
import dev.waybill.syncs.mapping.SchemaMapping;
import dev.waybill.syncs.settings.NewSync.Inline;
import dev.waybill.syncs.settings.NewSync.Wanted;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Builds and validates the settings of a sync against its connection and bucket. */
@Component
public class SyncSettings {

    private static final int MAX_OBJECTS_PER_RUN = 100_000;
    private static final int BATCH_CHUNK_SIZE = 100;
    private static final String FILTERS = "file_filters";
    private static final String MAPPING = "schema_mapping";

    private final Connections connections;

    SyncSettings(Connections connections) {
        this.connections = connections;
    }

    /** @throws InvalidRequest when they do not fit */
    public Settings of(Bucket bucket, Connection connection, NewSync sync) {
        Wanted wanted = sync.wanted();
        Inline inline = sync.inline();
        connections.path(connection, wanted.sourcePath());
        FileFilters filters = FileFilters.read(
                wanted.fileFilters(),
                wanted.filtersBeside(),
                FileFilters.fields(connection.provider()),
                sync.at() + "." + FILTERS);
        return new Settings(
                wanted.sourcePath(),
                wanted.description(),
                filters.isEmpty() ? null : filters.json(),
                mapping(wanted.schemaMapping(), bucket, connection, sync.at()),
                wanted.mode().mode(),
                wanted.pollingIntervalSeconds(),
                wanted.batchSize(),
                wanted.skipDuplicates(),
                wanted.skipBatchSubmission(),
                wanted.mode().full(),
                MAX_OBJECTS_PER_RUN,
                BATCH_CHUNK_SIZE,
                wanted.metadata(),
                inline == null ? null : inline.sent());
    }

    /**
     * The settings after a change.
     *
     * @throws InvalidRequest when they do not fit
     */
    public Settings changed(Bucket bucket, Connection connection, Settings now, SyncChange change) {
        if (change.sourcePath() != null) {
            connections.path(connection, change.sourcePath());
        }
        SyncModes.Choice mode = change.mode();
        Integer interval = change.pollingIntervalSeconds();
        Map<String, Object> metadata = change.metadata().value();
        return new Settings(
                or(change.sourcePath(), now.sourcePath()),
                change.description().orElse(now.description()),
                change.fileFilters().given() ? filters(change.fileFilters().value(), connection) : now.fileFilters(),
                change.schemaMapping().given()
                        ? mapping(change.schemaMapping().value(), bucket, connection, "body")
                        : now.schemaMapping(),
                mode == null ? now.syncMode() : mode.mode(),
                interval == null ? now.pollingIntervalSeconds() : interval,
                or(change.batchSize(), now.batchSize()),
                or(change.skipDuplicates(), now.skipDuplicates()),
                or(change.skipBatchSubmission(), now.skipBatchSubmission()),
                mode == null ? now.full() : mode.full(),
                now.maxObjectsPerRun(),
                now.batchChunkSize(),
                metadata == null ? now.metadata() : metadata,
                inline(now.inline(), interval));
    }

    /** Whether other files are selected, so that the listing must restart. */
    public static boolean selectsOtherFiles(Settings before, Settings after) {
        return !before.selection().equals(after.selection());
    }

    private static @Nullable Map<String, Object> filters(@Nullable Map<String, Object> raw, Connection connection) {
        FileFilters filters = FileFilters.read(raw, FileFilters.fields(connection.provider()), "body." + FILTERS);
        return filters.isEmpty() ? null : filters.json();
    }

    private static @Nullable Map<String, Object> mapping(
            @Nullable Map<String, Object> raw, Bucket bucket, Connection connection, String at) {
        SchemaMapping mapping = SchemaMapping.read(raw, bucket, connection.provider(), at + "." + MAPPING);
        return raw == null ? null : mapping.json();
    }

    /** The inline config has the interval too; replaces it when another one is set later. */
    private static @Nullable Map<String, Object> inline(
            @Nullable Map<String, Object> sent, @Nullable Integer interval) {
        if (sent == null || interval == null) {
            return sent;
        }
        Map<String, Object> changed = new LinkedHashMap<>(sent);
        changed.remove("polling_interval_seconds");
        changed.put("polling_interval", interval);
        return changed;
    }

    private static <T> T or(@Nullable T wanted, T otherwise) {
        return wanted == null ? otherwise : wanted;
    }
}
