package dev.waybill.platform.fetch;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The {@link AddressGuard} for clients that make connections of their own to servers that callers name: whoever dials
 * only what {@link #lookup} finds, reaches only what may be reached. Such a client must know no proxy, or it looks up
 * that.
 */
@Component
public final class GuardedEndpoints {

    private final FetchProperties properties;
    private final AddressGuard guard;
    private final HostLookup lookup;

    @Autowired
    GuardedEndpoints(FetchProperties properties, AddressGuard guard) {
        this(properties, guard, HostLookup.SYSTEM);
    }

    GuardedEndpoints(FetchProperties properties, AddressGuard guard, HostLookup lookup) {
        this.properties = properties;
        this.guard = guard;
        this.lookup = lookup;
    }

    /** Finds the addresses that may be dialled. For whatever else a host leads to, {@link #isForbidden} is true. */
    public DnsResolver lookup() {
        return new GuardedLookup(lookup, guard, properties.connectTimeout());
    }

    /** Finds only what the operator allowed by name: what may be dialled without TLS. */
    public DnsResolver plainLookup() {
        return new GuardedLookup(lookup, guard::allows, properties.connectTimeout());
    }

    /**
     * What is wrong with the spelling of a URL; nothing is looked up. What it does not show is found out by
     * {@link #lookup}.
     *
     * @return the end of a sentence that starts with "The URL"; empty when nothing is wrong with it
     */
    public Optional<String> problem(String url) {
        Optional<String> malformed = FetchTarget.problem(url);
        if (malformed.isPresent()) {
            return malformed;
        }
        URI uri = URI.create(url);
        String host = uri.getHost();
        String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        Optional<InetAddress> address = Cidr.literal(literal);
        if (address.filter(ip -> !guard.permits(literal, ip)).isPresent()) {
            return Optional.of("leads to an address that is not on the public internet");
        }
        boolean isPlain = "http".equalsIgnoreCase(uri.getScheme());
        return isPlain && address.filter(ip -> !guard.allows(literal, ip)).isPresent()
                ? Optional.of("must start with https://: without TLS only servers are read that the operator allowed")
                : Optional.empty();
    }

    /** Whether a failure comes of an address that may not be dialled. */
    public static boolean isForbidden(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForbiddenAddressException) {
                return true;
            }
        }
        return false;
    }
}
