package dev.waybill.connections;

import dev.waybill.connections.ConnectionEntity.SealedSecret;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.platform.mongo.JsonValues;
import dev.waybill.platform.secrets.Secrets;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Encrypts and decrypts the secrets of connections; each ciphertext is bound to its connection. */
@Component
class ConnectionSecrets {

    private final Secrets secrets;

    ConnectionSecrets(Secrets secrets) {
        this.secrets = secrets;
    }

    List<SealedSecret> seal(OrganizationId organization, ConnectionId id, ConnectorConfig config) {
        String context = context(organization.key(id.value()));
        return config.secrets().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(secret -> new SealedSecret(secret.getKey(), secrets.seal(secret.getValue(), context)))
                .toList();
    }

    /** The settings with decrypted secrets, to open the storage. */
    ConnectorConfig open(ConnectionEntity connection) {
        String context = context(connection.key());
        Map<String, String> opened = new LinkedHashMap<>();
        connection.secrets().forEach(secret -> opened.put(secret.path(), secrets.open(secret.sealed(), context)));
        return new ConnectorConfig(
                connection.provider(), JsonValues.fromStored(connection.settings()), opened, connection.identity());
    }

    private static String context(String key) {
        return "connection " + key;
    }
}
