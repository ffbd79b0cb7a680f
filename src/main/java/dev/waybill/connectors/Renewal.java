package dev.waybill.connectors;

import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Renews single-use secrets of a connection, such as refresh tokens. Secrets are by their paths, as in
 * {@link ConnectorConfig#secrets}.
 */
@FunctionalInterface
public interface Renewal {

    /** For settings that are not stored: the new secret would be lost, so none is exchanged. */
    Renewal NONE = (isStale, exchange) -> {
        throw new SourceException(
                Diagnosis.EXPIRED_CREDENTIALS,
                "The access token is over. Settings that are not saved are tested without their refresh token, which works "
                        + "once; send a fresh access_token, or save them with test_before_save: false and test them then");
    };

    /**
     * Exchanges them under mutual exclusion of all who have the connection open, and stores the new ones before they
     * are used.
     *
     * @param isStale whether the stored secrets are still to be exchanged; another instance may have done so
     * @param exchange requests new ones from the provider; what it returns replaces those with the same paths, and
     *     others stay
     * @return all of the connection's secrets, as they are now stored
     * @throws SourceException what {@code exchange} throws, and {@link Diagnosis#NETWORK} when another instance takes
     *     too long
     */
    Map<String, String> renew(Predicate<Map<String, String>> isStale, UnaryOperator<Map<String, String>> exchange);
}
