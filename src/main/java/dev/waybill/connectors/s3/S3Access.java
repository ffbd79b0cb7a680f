package dev.waybill.connectors.s3;

import dev.waybill.connectors.SourceException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A client of an S3 store: corrects the region, endpoint or credentials where it can, once for each call, and maps all
 * other errors.
 */
final class S3Access implements AutoCloseable {

    private final StoreClients clients;
    private final S3Store store;
    private final S3Keys keys;
    private final BucketLocation bucketLocation;
    private final CredentialFacts facts;
    private final InstantSource clock;
    private final ResponseObserver observer;
    private final List<S3Client> opened = new ArrayList<>();
    private @Nullable Client current;
    private volatile @Nullable String correctedRegion;

    private record Client(S3Endpoint endpoint, S3Client client) {}

    S3Access(
            StoreClients clients,
            S3Store store,
            S3Keys keys,
            BucketLocation bucketLocation,
            CredentialFacts facts,
            InstantSource clock) {
        this.clients = clients;
        this.store = store;
        this.keys = keys;
        this.bucketLocation = bucketLocation;
        this.facts = facts;
        this.clock = clock;
        this.observer = new ResponseObserver(clock);
    }

    S3Store store() {
        return store;
    }

    CredentialFacts facts() {
        return facts;
    }

    ResponseObserver observer() {
        return observer;
    }

    /** The current endpoint, without any request; null when it is not known yet. */
    synchronized @Nullable S3Endpoint endpoint() {
        return current == null ? null : current.endpoint();
    }

    /** The region that the store reported instead of the one in the settings; null when that one is right. */
    @Nullable
    String correctedRegion() {
        return correctedRegion;
    }

    /** @throws SourceException and nothing else */
    <T> T call(S3Operation operation, Function<S3Client, T> call) {
        @Nullable Client used = null;
        int session = keys.session();
        try {
            used = client();
            return call.apply(used.client());
        } catch (RuntimeException failure) {
            SourceException refusal = refusal(failure, operation);
            if (used == null || !mayRetry(used, session, failure, refusal)) {
                throw refusal;
            }
        }
        try {
            return call.apply(client().client());
        } catch (RuntimeException again) {
            throw refusal(again, operation);
        }
    }

    private SourceException refusal(RuntimeException failure, S3Operation operation) {
        S3Endpoint current = endpoint();
        String shown = current == null ? store.name() : current.shown();
        return new S3Errors(store, shown, facts, clock).of(failure, operation);
    }

    private boolean mayRetry(Client used, int session, RuntimeException failure, SourceException refusal) {
        return switch (refusal.diagnosis()) {
            case WRONG_REGION ->
                S3Errors.region(failure)
                        .filter(region -> !region.equals(used.endpoint().region()))
                        .map(region -> move(used, bucketLocation.in(region), region))
                        .orElse(false);
            case EXPIRED_CREDENTIALS -> keys.renew(session);
            case INVALID_CREDENTIALS, NETWORK -> hasMoved(used);
            default -> false;
        };
    }

    private boolean hasMoved(Client used) {
        try {
            return bucketLocation
                    .refreshed(used.endpoint())
                    .map(endpoint -> move(used, endpoint, correctedRegion))
                    .orElse(false);
        } catch (SourceException alsoRefused) {
            return false;
        }
    }

    /**
     * Changes the endpoint, unless another call has changed it already: then that one is used.
     *
     * @param corrected the region to report as corrected when it changes
     * @return whether the endpoint has changed
     */
    private synchronized boolean move(Client from, S3Endpoint to, @Nullable String corrected) {
        if (current == from && !to.equals(from.endpoint())) {
            current = open(to);
            correctedRegion = corrected;
        }
        return current != from;
    }

    private synchronized Client client() {
        if (current == null) {
            current = open(bucketLocation.now());
        }
        return current;
    }

    private Client open(S3Endpoint endpoint) {
        S3Client client = clients.s3(endpoint, keys, observer);
        opened.add(client);
        return new Client(endpoint, client);
    }

    @Override
    public synchronized void close() {
        opened.forEach(S3Client::close);
        keys.close();
    }
}
