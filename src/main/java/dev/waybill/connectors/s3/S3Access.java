package dev.waybill.connectors.s3;

import dev.waybill.connectors.SourceException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** A way to a store: it mends what it can by itself, once for each call, and tells of the rest. */
final class S3Access implements AutoCloseable {

    private final StoreClients clients;
    private final S3Store store;
    private final S3Keys keys;
    private final BucketLocation bucketLocation;
    private final CredentialFacts facts;
    private final InstantSource clock;
    private final ResponseObserver responseObserver;
    private final List<S3Client> opened = new ArrayList<>();
    private @Nullable Client current;
    private volatile @Nullable String correctedRegion;

    private record Client(S3Endpoint place, S3Client client) {}

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
        this.responseObserver = new ResponseObserver(clock);
    }

    S3Store store() {
        return store;
    }

    CredentialFacts facts() {
        return facts;
    }

    ResponseObserver witness() {
        return responseObserver;
    }

    /** Where it is now, without asking anybody who was not asked before; null when that is not known yet. */
    synchronized @Nullable S3Endpoint place() {
        return current == null ? null : current.place();
    }

    /** The region that the store named in the place of the one in the settings; null when that one was right. */
    @Nullable
    String correctedRegion() {
        return correctedRegion;
    }

    /** @throws SourceException and nothing else */
    <T> T call(S3Operation question, Function<S3Client, T> call) {
        @Nullable Client used = null;
        int session = keys.session();
        try {
            used = client();
            return call.apply(used.client());
        } catch (RuntimeException failure) {
            SourceException refusal = refusal(failure, question);
            if (used == null || !isMended(used, session, failure, refusal)) {
                throw refusal;
            }
        }
        try {
            return call.apply(client().client());
        } catch (RuntimeException again) {
            throw refusal(again, question);
        }
    }

    private SourceException refusal(RuntimeException failure, S3Operation question) {
        S3Endpoint place = place();
        String endpoint = place == null ? store.name() : place.shown();
        return new S3Errors(store, endpoint, facts, clock).of(failure, question);
    }

    private boolean isMended(Client used, int session, RuntimeException failure, SourceException refusal) {
        return switch (refusal.diagnosis()) {
            case WRONG_REGION ->
                S3Errors.region(failure)
                        .filter(region -> !region.equals(used.place().region()))
                        .map(region -> move(used, bucketLocation.in(region), region))
                        .orElse(false);
            case EXPIRED_CREDENTIALS -> keys.renew(session);
            case INVALID_CREDENTIALS, NETWORK -> isElsewhereNow(used);
            default -> false;
        };
    }

    private boolean isElsewhereNow(Client used) {
        try {
            return bucketLocation
                    .afresh(used.place())
                    .map(place -> move(used, place, correctedRegion))
                    .orElse(false);
        } catch (SourceException alsoRefused) {
            return false;
        }
    }

    /**
     * Moves, unless another call has moved on already: then it is followed.
     *
     * @param corrected what is told as the corrected region when it moves
     * @return whether it is elsewhere now
     */
    private synchronized boolean move(Client from, S3Endpoint to, @Nullable String corrected) {
        if (current == from && !to.equals(from.place())) {
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

    private Client open(S3Endpoint place) {
        S3Client client = clients.s3(place, keys, responseObserver);
        opened.add(client);
        return new Client(place, client);
    }

    @Override
    public synchronized void close() {
        opened.forEach(S3Client::close);
        keys.close();
    }
}
