package dev.waybill.connections;

import dev.waybill.connections.ConnectionEntity.SealedSecret;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Renewal;
import dev.waybill.connectors.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Renews single-use secrets of stored connections, such as rotating refresh tokens: under a lease, by one worker of all
 * instances at a time, and the new ones are stored, encrypted, before anybody uses them. A worker that crashes between
 * the provider's answer and the database's loses them; that window can only be kept short.
 */
@Component
class SecretRenewals {

    /** Longer than a request to the provider and its retry may take: twice the clients' usual response timeout. */
    private static final Duration LEASE = Duration.ofMinutes(4);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int MAX_POLLS = 900;
    private static final int MAX_WRITES = 5;

    private static final Logger log = LoggerFactory.getLogger(SecretRenewals.class);

    private final ConnectionStore store;
    private final ConnectionSecrets secrets;
    private final InstantSource clock;

    SecretRenewals(ConnectionStore store, ConnectionSecrets secrets, InstantSource clock) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** The renewal of one connection's secrets. */
    Renewal of(ConnectionEntity connection) {
        return (isStale, exchange) -> renew(connection, isStale, exchange);
    }

    private Map<String, String> renew(
            ConnectionEntity connection,
            Predicate<Map<String, String>> isStale,
            UnaryOperator<Map<String, String>> exchange) {
        String holder = UUID.randomUUID().toString();
        for (int poll = 0; poll < MAX_POLLS; poll++) {
            ConnectionEntity now = store.find(connection.organizationId(), connection.connectionId())
                    .filter(found -> found.status() != ConnectionStatus.ARCHIVED)
                    .orElseThrow(() -> new SourceException(
                            Diagnosis.INVALID_CREDENTIALS,
                            "Connection '%s' was deleted; use another one".formatted(connection.name())));
            ConnectorConfig config = secrets.open(now);
            if (!isStale.test(config.secrets())) {
                return config.secrets();
            }
            Instant at = clock.instant();
            if (store.beginRenewal(now, holder, at, at.plus(LEASE))) {
                return uninterrupted(() -> exchanged(now, holder, config, exchange));
            }
            pause();
        }
        throw new SourceException(
                Diagnosis.NETWORK, "The credentials are being renewed by somebody who does not end", true, null, null);
    }

    /**
     * Runs in a thread of its own, so that it completes even when the waiting thread is interrupted: an aborted
     * exchange would have used up the old secrets without storing the new ones.
     */
    private static <T> T uninterrupted(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().name("connection-renewal").start(task);
        try {
            return task.get();
        } catch (InterruptedException stopped) {
            throw stopping(stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException("the exchange of secrets failed", failed);
        }
    }

    private Map<String, String> exchanged(
            ConnectionEntity now, String holder, ConnectorConfig config, UnaryOperator<Map<String, String>> exchange) {
        Map<String, String> all = new LinkedHashMap<>(config.secrets());
        try {
            all.putAll(exchange.apply(config.secrets()));
        } catch (RuntimeException refused) {
            store.dropRenewal(now, holder);
            throw refused;
        }
        ConnectorConfig renewed = new ConnectorConfig(config.provider(), config.settings(), all, config.identity());
        List<SealedSecret> sealed = secrets.seal(now.organizationId(), now.id(), renewed);
        if (isStored(now, holder, sealed)) {
            log.info("Connection {} of {} has renewed its credentials", now.id(), now.organizationId());
            return renewed.secrets();
        }
        return store.find(now.organizationId(), now.connectionId())
                .map(found -> secrets.open(found).secrets())
                .orElse(renewed.secrets());
    }

    /** Retries, as there is no second copy of the renewed secrets while the database is unavailable. */
    private boolean isStored(ConnectionEntity now, String holder, List<SealedSecret> sealed) {
        for (int write = 1; ; write++) {
            try {
                return store.endRenewal(now, holder, sealed);
            } catch (DataAccessException away) {
                if (write == MAX_WRITES) {
                    throw away;
                }
                pause();
            }
        }
    }

    /** Waits for the holder of the lease. */
    static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException stopped) {
            throw stopping(stopped);
        }
    }

    private static SourceException stopping(InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return new SourceException(Diagnosis.NETWORK, "The service is stopping; try again", true, null, stopped);
    }
}
