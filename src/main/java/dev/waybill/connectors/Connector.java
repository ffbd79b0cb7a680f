package dev.waybill.connectors;

import dev.waybill.platform.errors.WaybillException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One provider: what its settings are, how it writes paths, and how it is opened. A bean each; thread-safe. It knows
 * nothing of tenants or syncs.
 */
public interface Connector {

    /** The canonical name, such as {@code backblaze}: lower case, stable, stored with each connection. */
    String provider();

    /** Other spellings that callers may use for it; {@link #provider} is none of them. */
    Set<String> aliases();

    /** What old clients are told in {@code provider_type}, whose enums know few names: {@code s3} or {@code tigris}. */
    String toldAs();

    /**
     * Checks settings and completes them: defaults are filled in, spellings made one, and {@code provider_type} is the
     * canonical name. Nothing is connected to.
     *
     * @param config {@code provider_config} as it was sent, JSON values
     * @param at where it stands in the request, for messages, such as {@code body.provider_config}
     * @throws WaybillException 422 that names the field and the fix
     */
    ConnectorConfig read(Map<String, Object> config, String at);

    /**
     * Whose files it opens: two configurations of one place have the same file under the same bucket and key, whoever's
     * credentials they hold, and of two places they have not. It stays the same whatever else is set, as the ids of
     * objects are made of it.
     *
     * @param config as {@link #read} made it, with secrets or without
     * @return such as a host; never empty
     */
    String place(ConnectorConfig config);

    /**
     * What a sync's {@code source_path} names.
     *
     * @throws WaybillException 422 that shows the grammar
     */
    SourcePath path(ConnectorConfig config, String sourcePath);

    /** What a connection is to without any path: the bucket or folder that its settings name; empty when they name none. */
    default Optional<SourcePath> home(ConnectorConfig config) {
        return config.settings().get("bucket_name") instanceof String
                ? Optional.of(path(config, "/"))
                : Optional.empty();
    }

    /**
     * Opens it; nothing is connected to before the first call. The caller closes it.
     *
     * @param config as {@link #read} made it, with its secrets. They are kept nowhere, so those that change by being used
     *     are not used
     */
    Source open(ConnectorConfig config);

    /**
     * The same with secrets that are kept.
     *
     * @param renewal exchanges those that change by being used; most providers have none
     */
    default Source open(ConnectorConfig config, Renewal renewal) {
        return open(config);
    }
}
