package dev.waybill.platform.fetch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Protects from server-side request forgery: decides which addresses the service may connect to on a caller's word,
 * those of the public internet, and those that the operator allowed. It checks resolved addresses, right when a
 * connection is made, so neither the spelling of a host nor a name that changes its address makes a difference.
 */
@Component
public final class AddressGuard {

    private static final List<Cidr> NOT_PUBLIC = ranges(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // behind a carrier's NAT; 100.100.100.200 is a metadata service
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // a metadata service
            "169.254.0.0/16", // link-local; 169.254.169.254 is a metadata service
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments; 192.0.0.192 is a metadata service
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and broadcast

    /** Beyond this range no IPv6 address is global unicast (https://www.iana.org/assignments/ipv6-address-space). */
    private static final Cidr GLOBAL = Cidr.of("2000::/3");

    private static final List<Cidr> NOT_GLOBAL = ranges(
            "2001::/23", // Teredo, ORCHID, benchmarks and other protocol assignments
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4: an IPv4 address inside
            "3fff::/20"); // documentation

    private static final Cidr NAT64 = Cidr.of("64:ff9b::/96");
    private static final int ISATAP = 0x5efe;

    private final List<Cidr> allowedRanges = new ArrayList<>();
    private final List<String> allowedHosts = new ArrayList<>();

    AddressGuard(FetchProperties properties) {
        for (String entry : properties.allow()) {
            String trimmed = entry.strip().toLowerCase(Locale.ROOT);
            Cidr.read(trimmed).ifPresentOrElse(allowedRanges::add, () -> allowedHosts.add(trimmed));
        }
    }

    /**
     * Whether a connection may be made.
     *
     * @param host the name that led to the address, or the address itself when there was none
     */
    public boolean permits(String host, InetAddress address) {
        return isPublic(address) || allows(host, address);
    }

    /** Whether the operator allowed it by name, public or not. */
    boolean allows(String host, InetAddress address) {
        return allowedRanges.stream().anyMatch(range -> range.contains(address))
                || allowedHosts.stream().anyMatch(allowed -> covers(allowed, host.toLowerCase(Locale.ROOT)));
    }

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isMulticastAddress()) {
            return false;
        }
        if (address instanceof Inet4Address) {
            return NOT_PUBLIC.stream().noneMatch(range -> range.contains(address));
        }
        if (NAT64.contains(address)) {
            return isPublic(lastFour(address));
        }
        return GLOBAL.contains(address)
                && NOT_GLOBAL.stream().noneMatch(range -> range.contains(address))
                && !isIsatap(address);
    }

    /** ISATAP hides an IPv4 address behind any prefix. */
    private static boolean isIsatap(InetAddress address) {
        byte[] bytes = address.getAddress();
        int middle = (bytes[10] & 0xFF) << 8 | bytes[11] & 0xFF;
        return middle == ISATAP && (bytes[8] & 0xFC) == 0 && bytes[9] == 0;
    }

    private static InetAddress lastFour(InetAddress address) {
        try {
            byte[] bytes = address.getAddress();
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }

    private static boolean covers(String allowed, String host) {
        return allowed.startsWith("*.") ? host.endsWith(allowed.substring(1)) : host.equals(allowed);
    }

    private static List<Cidr> ranges(String... texts) {
        return Stream.of(texts).map(Cidr::of).toList();
    }
}
