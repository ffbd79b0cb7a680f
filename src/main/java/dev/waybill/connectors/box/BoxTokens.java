package dev.waybill.connectors.box;

import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Renewal;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.rest.AccessTokens;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** Access tokens for Box. Thread-safe. */
interface BoxTokens {

    String CREDENTIALS = "credentials.";

    /** @throws SourceException when none can be obtained */
    String now();

    /**
     * Invalidates a rejected token: the next is another.
     *
     * @throws SourceException {@link Diagnosis#EXPIRED_CREDENTIALS} when no other can be obtained
     */
    void refused(String token);

    /** @param refresh gets the next pair for the stored secrets, which consumes their refresh token */
    static BoxTokens of(
            ConnectorConfig config,
            BoxGrants grants,
            Renewal renewal,
            UnaryOperator<Map<String, String>> refresh,
            InstantSource clock) {
        Map<String, String> secrets = config.secrets();
        return switch (config.credential("type")) {
            case BoxConnector.CCG -> new Granted(new AccessTokens(() -> grants.clientCredentials(config), clock));
            case BoxConnector.JWT -> new Granted(new AccessTokens(() -> grants.assertion(config), clock));
            default ->
                secrets.containsKey(Refreshed.REFRESH)
                        ? new Refreshed(secrets.getOrDefault(Refreshed.ACCESS, ""), renewal, refresh)
                        : new Developer(secrets.getOrDefault(Refreshed.ACCESS, ""));
        };
    }

    /** Tokens that can be requested anew at any time. */
    record Granted(AccessTokens tokens) implements BoxTokens {

        @Override
        public String now() {
            return tokens.now();
        }

        @Override
        public void refused(String token) {
            tokens.refused(token);
        }
    }

    /** A developer token, which expires after an hour and cannot be renewed. */
    record Developer(String token) implements BoxTokens {

        @Override
        public String now() {
            return token;
        }

        @Override
        public void refused(String refused) {
            throw new SourceException(
                    Diagnosis.EXPIRED_CREDENTIALS,
                    "The access token is over: a developer token lasts an hour. Give a new one, or credentials that renew"
                            + " themselves: ccg, jwt, or oauth with a refresh_token");
        }

        @Override
        public String toString() {
            return "Developer";
        }
    }

    /** An OAuth access token with a single-use refresh token. */
    final class Refreshed implements BoxTokens {

        static final String ACCESS = CREDENTIALS + "access_token";
        static final String REFRESH = CREDENTIALS + "refresh_token";

        private final Renewal renewal;
        private final UnaryOperator<Map<String, String>> refresh;
        private final Lock lock = new ReentrantLock();
        private String current;

        Refreshed(String access, Renewal renewal, UnaryOperator<Map<String, String>> refresh) {
            this.renewal = renewal;
            this.refresh = refresh;
            this.current = access;
        }

        @Override
        public String now() {
            lock.lock();
            try {
                return current;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void refused(String token) {
            lock.lock();
            try {
                if (current.equals(token)) {
                    Map<String, String> renewed = renewal.renew(stored -> token.equals(stored.get(ACCESS)), refresh);
                    current = renewed.getOrDefault(ACCESS, "");
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
