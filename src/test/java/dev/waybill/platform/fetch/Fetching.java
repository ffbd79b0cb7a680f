package dev.waybill.platform.fetch;

import dev.waybill.platform.storage.LocalDisk;
import java.time.Duration;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** Fetching with short time-outs, for tests. */
final class Fetching {

    static final int MAX_BYTES = 100_000;

    private Fetching() {}

    static FetchProperties properties(List<String> allow) {
        return new FetchProperties(
                allow,
                Duration.ofMillis(500),
                Duration.ofMillis(700),
                Duration.ofMillis(1500),
                DataSize.ofBytes(MAX_BYTES),
                3,
                4);
    }

    /** A server that trickles may be as slow as the machine, and is within the idle limit all the same. */
    static UrlFetcher patient(String... allow) {
        FetchProperties hasty = properties(List.of(allow));
        FetchProperties properties = new FetchProperties(
                hasty.allow(),
                hasty.connectTimeout(),
                Duration.ofSeconds(30),
                hasty.totalTimeout(),
                hasty.maxSize(),
                hasty.maxRedirects(),
                hasty.maxConcurrent());
        return new UrlFetcher(properties, new AddressGuard(properties), HostLookup.SYSTEM, new LocalDisk());
    }

    static UrlFetcher fetcher(HostLookup lookup, String... allow) {
        FetchProperties properties = properties(List.of(allow));
        return new UrlFetcher(properties, new AddressGuard(properties), lookup, new LocalDisk());
    }

    static UrlFetcher spooling(LocalDisk disk) {
        FetchProperties properties = properties(List.of("127.0.0.1"));
        return new UrlFetcher(properties, new AddressGuard(properties), HostLookup.SYSTEM, disk);
    }
}
