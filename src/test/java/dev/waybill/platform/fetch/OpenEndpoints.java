package dev.waybill.platform.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

/** The guard of endpoints as an operator might have set it. */
public final class OpenEndpoints {

    private OpenEndpoints() {}

    /** @param allow hosts, addresses and ranges that may be dialled though they are not public */
    public static GuardedEndpoints allowing(String... allow) {
        return leading(Map.of(), allow);
    }

    /** The same where no host leads anywhere. @param lookedUp receives those that were looked up */
    public static GuardedEndpoints recording(List<String> lookedUp) {
        FetchProperties properties = Fetching.properties(List.of());
        HostLookup lookup = host -> {
            lookedUp.add(host);
            throw new UnknownHostException(host);
        };
        return new GuardedEndpoints(properties, new AddressGuard(properties), lookup);
    }

    /** The same where these names lead to these addresses, and all others to what the system says. */
    public static GuardedEndpoints leading(Map<String, String> names, String... allow) {
        FetchProperties properties = Fetching.properties(List.of(allow));
        HostLookup lookup = host -> names.containsKey(host)
                ? new InetAddress[] {InetAddress.getByName(names.get(host))}
                : HostLookup.SYSTEM.addresses(host);
        return new GuardedEndpoints(properties, new AddressGuard(properties), lookup);
    }
}
