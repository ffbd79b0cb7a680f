package dev.waybill.platform.fetch;

import java.time.Duration;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** Fetching with little patience, for tests. */
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

    static UrlFetcher fetcher(HostLookup lookup, String... allow) {
        FetchProperties properties = properties(List.of(allow));
        return new UrlFetcher(properties, new AddressGuard(properties), lookup);
    }
}
