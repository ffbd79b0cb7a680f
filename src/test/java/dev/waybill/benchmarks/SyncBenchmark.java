package dev.waybill.benchmarks;

import static org.awaitility.Awaitility.await;

import dev.waybill.stories.SyncStory;
import dev.waybill.testing.ServiceProcess;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import dev.waybill.testing.SyntheticS3;
import dev.waybill.testing.WaybillClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A sync of many small files: files per second, requests per file, and the live heap of the service after garbage
 * collections meanwhile. The service is a process of its own; source and stores share the machine.
 *
 * <p>Not part of the build: {@code ./mvnw test -Dtest=SyncBenchmark}.
 */
class SyncBenchmark {

    private static final int LISTED = Integer.getInteger("waybill.test.listed", 100_000);
    private static final int SIZE = 2_000;

    /** Every fifth is copied. */
    private static final List<String> PATTERNS = List.of("*0.txt", "*5.txt");

    private static final Pattern LIVE = Pattern.compile("(?m)^jvm_gc_live_data_size_bytes(?:\\{[^}]*})? ([0-9.E]+)$");

    @Test
    void aHundredThousandKeysOfWhichAFifthIsCopied() {
        Stores stores = Stores.create();
        int metrics = ServiceProcess.freePort();
        try (SyntheticS3 source = SyntheticS3.start(LISTED, SIZE);
                ServiceProcess service = ServiceProcess.start(
                        stores,
                        Map.of(
                                "waybill.fetch.allow",
                                "127.0.0.1",
                                "MANAGEMENT_SERVER_PORT",
                                String.valueOf(metrics)))) {
            WaybillClient operator = WaybillClient.of(URI.create("http://127.0.0.1:" + metrics));
            WaybillClient client = WaybillClient.of(service.base()).withKey(ServiceUnderTest.API_KEY);
            SyncStory story = SyncStory.create(
                    client, source, Map.of("file_filters", Map.of("include_patterns", PATTERNS), "batch_size", 32));
            System.out.println(
                    "run       listed  copied  seconds  files/s  list/1000  gets/file  live heap MB (min, max, last)");
            row("first", story, operator, source);
            row("again", story, operator, source);
        }
    }

    private static void row(String name, SyncStory story, WaybillClient operator, SyntheticS3 source) {
        Map<String, Long> before = source.requests();
        String run = story.trigger();
        List<Double> heap = new ArrayList<>();
        JsonNode ended = await().atMost(Duration.ofMinutes(20))
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> {
                            heap.add(liveMegabytes(operator));
                            return story.client()
                                    .get(story.path("/runs/" + run))
                                    .json();
                        },
                        json -> json.path("status").asString().startsWith("COMPLETED")
                                || json.path("status").asString().equals("FAILED"));
        Map<String, Long> after = source.requests();
        long copied = ended.at("/counts/created").asLong()
                + ended.at("/counts/updated").asLong();
        double seconds = ended.path("duration_seconds").asDouble();
        long listed = ended.at("/listing/listed").asLong();
        System.out.printf(
                "%-8s %7d %7d %8.1f %8.0f %10.2f %10.2f  %.0f, %.0f, %.0f   %s%n",
                name,
                listed,
                copied,
                seconds,
                (copied == 0 ? listed : copied) / Math.max(seconds, 0.1),
                (after.get("list") - before.get("list")) * 1000.0 / Math.max(1, listed),
                (after.get("get") - before.get("get")) * 1.0 / Math.max(1, copied),
                heap.stream().mapToDouble(one -> one).min().orElse(0),
                heap.stream().mapToDouble(one -> one).max().orElse(0),
                heap.getLast(),
                ended.path("status").asString());
    }

    private static double liveMegabytes(WaybillClient operator) {
        Matcher live = LIVE.matcher(operator.get("/actuator/prometheus").text());
        return live.find() ? Double.parseDouble(live.group(1)) / 1_000_000 : 0;
    }
}
