package dev.waybill.platform.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves hosts for one connection at a time, within a time limit. One forbidden address among the answers refuses
 * them all: a host that mixes them is up to something.
 */
final class GuardedLookup implements DnsResolver {

    private static final int MAX_ADDRESSES = 4;
    private static final int MAX_LOOKUPS = 32;

    /**
     * Platform threads, a bounded number of them: a lookup is a native call that cannot be interrupted, and would hold
     * the carrier of a virtual thread for as long as a name server is silent. When all wait, further names are not
     * found.
     */
    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
            0,
            MAX_LOOKUPS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("lookup-", 0).factory());

    private final HostLookup lookup;
    private final BiPredicate<String, InetAddress> permits;
    private final Duration patience;

    GuardedLookup(HostLookup lookup, AddressGuard guard, Duration patience) {
        this(lookup, guard::permits, patience);
    }

    /** @param permits whether a host's address may be dialled */
    GuardedLookup(HostLookup lookup, BiPredicate<String, InetAddress> permits, Duration patience) {
        this.lookup = lookup;
        this.permits = permits;
        this.patience = patience;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        List<InetAddress> permitted = new ArrayList<>();
        for (InetAddress address : find(host)) {
            // Under the requested name, whatever the lookup calls it: the socket's guard checks by it.
            InetAddress named = InetAddress.getByAddress(host, address.getAddress());
            if (!permits.test(host, named)) {
                throw new ForbiddenAddressException(host);
            }
            permitted.add(named);
        }
        if (permitted.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return permitted.stream().limit(MAX_ADDRESSES).toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    private InetAddress[] find(String host) throws UnknownHostException {
        FutureTask<InetAddress[]> resolving = new FutureTask<>(() -> lookup.addresses(host));
        try {
            THREADS.execute(resolving);
        } catch (RejectedExecutionException allWait) {
            throw new UnknownHostException(host);
        }
        try {
            return resolving.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            resolving.cancel(true);
            throw new UnknownHostException(host);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host);
        }
    }
}
