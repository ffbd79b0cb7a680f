package dev.waybill.connectors;

import dev.waybill.platform.errors.WaybillException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A connector to one provider: validates its settings, parses its paths and opens sources. One bean for each provider;
 * thread-safe. It knows nothing of tenants or syncs.
 */
public interface Connector {

    /** The canonical name, such as {@code backblaze}: lower case, stable, stored with each connection. */
    String provider();

    /** Other spellings that callers may use for it; {@link #provider} is none of them. */
    Set<String> aliases();

    /**
     * The {@code provider_type} in answers to old clients, whose enums know few names: {@code s3} or {@code tigris}.
     */
    String contractName();

    /**
     * Validates settings and completes them: defaults are filled in, aliases normalized, and {@code provider_type} is
     * the canonical name. Nothing is connected to.
     *
     * @param config {@code provider_config} as it was sent, JSON values
     * @param at its path in the request, for messages, such as {@code body.provider_config}
     * @throws WaybillException 422 that names the field and the fix
     */
    ConnectorConfig read(Map<String, Object> config, String at);

    /**
     * The identity of the storage: two configurations with the same one have the same file under the same bucket and
     * key, whoever's credentials they hold, and otherwise not. It depends on no other setting, as the ids of objects
     * are derived from it.
     *
     * @param config as {@link #read} made it, with secrets or without
     * @return such as a host; never empty
     */
    String location(ConnectorConfig config);

    /**
     * Parses a sync's {@code source_path}.
     *
     * @throws WaybillException 422 that shows the grammar
     */
    SourcePath path(ConnectorConfig config, String sourcePath);

    /** The default path of a connection: the bucket or folder that its settings name; empty when they name none. */
    default Optional<SourcePath> home(ConnectorConfig config) {
        return config.settings().get("bucket_name") instanceof String
                ? Optional.of(path(config, "/"))
                : Optional.empty();
    }

    /**
     * Opens a source; nothing is connected to before the first call. The caller closes it.
     *
     * @param config as {@link #read} made it, with its secrets. They are not stored, so single-use ones are not used
     */
    Source open(ConnectorConfig config);

    /**
     * The same with stored secrets.
     *
     * @param renewal exchanges single-use secrets; most providers have none
     */
    default Source open(ConnectorConfig config, Renewal renewal) {
        return open(config);
    }
}
