package dev.waybill.connectors.box;

import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Renewal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Stored secrets, as those of a connection are. */
final class KeptSecrets implements Renewal {

    private final Map<String, String> secrets;

    KeptSecrets(ConnectorConfig config) {
        secrets = new LinkedHashMap<>(config.secrets());
    }

    synchronized Map<String, String> now() {
        return Map.copyOf(secrets);
    }

    @Override
    public synchronized Map<String, String> renew(
            Predicate<Map<String, String>> isStale, UnaryOperator<Map<String, String>> exchange) {
        if (isStale.test(now())) {
            secrets.putAll(exchange.apply(now()));
        }
        return now();
    }
}
