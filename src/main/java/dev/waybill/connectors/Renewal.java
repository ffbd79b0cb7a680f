package dev.waybill.connectors;

import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Exchanges secrets of a connection that change by being used, such as refresh tokens, which work once. Secrets are by their
 * paths, as in {@link ConnectorConfig#secrets}.
 */
@FunctionalInterface
public interface Renewal {

    /** For settings that are kept nowhere: what such a secret is exchanged for would be lost, and so nothing is. */
    Renewal NONE = (isStale, exchange) -> {
        throw new SourceException(
                Diagnosis.EXPIRED_CREDENTIALS,
                "The access token is over. Settings that are not saved are tested without their refresh token, which works "
                        + "once; send a fresh access_token, or save them with test_before_save: false and test them then");
    };

    /**
     * Has them exchanged by one at a time, wherever the connection is open, and the new ones stored before anybody uses
     * them.
     *
     * @param isStale whether the secrets that are stored now are still to be exchanged; others may have been quicker
     * @param exchange asks the provider for new ones; what it returns takes the places of those with the same paths, and
     *     others stay
     * @return all of the connection's secrets, as they are stored by then
     * @throws SourceException what {@code exchange} throws, and {@link Diagnosis#NETWORK} when others take too long
     */
    Map<String, String> renew(Predicate<Map<String, String>> isStale, UnaryOperator<Map<String, String>> exchange);
}
