package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.waybill.extraction.Bombs;
import dev.waybill.extraction.RealFiles;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceProcess;
import dev.waybill.testing.Stores;
import dev.waybill.testing.Workspace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/** Two small instances, and a batch that is full of files that are made to end them. */
@Tag("soak")
@Isolated("it takes all that the machine has for minutes")
class HostileBatchTests {

    private static final Set<String> OPEN = Set.of("DRAFT", "QUEUED", "PROCESSING");
    private static final Map<String, String> SETTINGS =
            Map.of("waybill.fetch.allow", "127.0.0.1", "waybill.web.request-deadline", "1m");
    private static final int GOOD = 400;
    private static final int WORKBOOKS = 40;
    private static final int OF_ANOTHER_KIND = 3;

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private HttpServer web;

    @BeforeEach
    void serve() throws IOException {
        web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        web.createContext("/", exchange -> {
            byte[] file = files.get(exchange.getRequestURI().getPath().substring(1));
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
        web.start();
    }

    @AfterEach
    void stop() {
        web.stop(0);
    }

    @Test
    void everyGoodFileIsReadEveryBombIsNamedAndBothInstancesLive() throws IOException {
        Map<String, Integer> copies = bombs();
        Stores stores = Stores.create();
        try (ServiceProcess one = ServiceProcess.start(stores, SETTINGS);
                ServiceProcess two = ServiceProcess.start(stores, SETTINGS)) {
            Workspace shop = Workspace.create(one.client(), Map.of("file", Map.of("type", "binary")));
            Map<String, String> nameOf = make(shop, copies);
            List<String> mixed = new ArrayList<>(nameOf.keySet());
            Collections.shuffle(mixed, new Random(1));

            Answer batch = shop.client().post(shop.path("/batches"), Map.of("object_ids", mixed));
            shop.client().post(shop.path("/batches/" + batch.at("/batch_id") + "/submit"));
            Answer done = over(shop, batch.at("/batch_id"), one, two);

            assertThat(done.at("/status")).as(done.text()).isEqualTo("COMPLETED_WITH_ERRORS");
            Map<String, Integer> failed = new HashMap<>();
            for (JsonNode failure : failures(shop, batch.at("/batch_id"))) {
                String name = nameOf.get(failure.at("/object_id").asString());
                failed.merge(name, 1, Integer::sum);
                assertThat(failure.at("/message").asString())
                        .as(name)
                        .isNotBlank()
                        .isNotEqualTo("The extractor failed unexpectedly");
                if (name.equals("bomb.xlsx")) {
                    assertThat(failure.at("/message").asString()).contains("'bomb.xlsx'", "ran out of memory");
                }
            }
            assertThat(failed).isEqualTo(copies);
            one.close();
            assertThat(read(shop.through(two.client()), "the one that is left goes on")
                            .at("/status"))
                    .isEqualTo("COMPLETED");
        }
    }

    /** Puts them on the web, and answers how many objects are to have each. */
    private Map<String, Integer> bombs() throws IOException {
        String entities = Bombs.entities();
        files.put("bomb.xlsx", Bombs.xlsx(300).bytes());
        files.put("bomb.docx", Bombs.docx(300).bytes());
        files.put("bomb.pdf", Bombs.pdf(2_000).bytes());
        files.put("bomb.png", Bombs.png(60_000, 60_000).bytes());
        files.put("bomb.mp4", Bombs.mp4().bytes());
        files.put("bomb.zip", Bombs.zip(1_000).bytes());
        files.put("entities.docx", RealFiles.zip("[Content_Types].xml", entities, "word/document.xml", "<a/>"));
        files.put(
                "entities.epub",
                RealFiles.zip(
                        "mimetype",
                        "application/epub+zip",
                        "META-INF/container.xml",
                        entities,
                        "content.opf",
                        entities));
        Map<String, Integer> copies = new LinkedHashMap<>();
        files.keySet().forEach(name -> copies.put(name, name.equals("bomb.xlsx") ? WORKBOOKS : OF_ANOTHER_KIND));
        return copies;
    }

    /** One object for each copy, and good ones; the files' names by the objects' ids. */
    private Map<String, String> make(Workspace shop, Map<String, Integer> copies) throws IOException {
        files.put("paper.pdf", RealFiles.pdf("The first page", "The second").bytes());
        files.put("terms.docx", RealFiles.docx("Freight terms", "apply").bytes());
        files.put("photo.jpg", RealFiles.jpeg(64, 48).bytes());
        files.put("rates.csv", "from,to,rate\nLisbon,Porto,12\n".getBytes(UTF_8));
        List<String> names = new ArrayList<>();
        copies.forEach((name, count) -> names.addAll(Collections.nCopies(count, name)));
        List<String> good = List.of("paper.pdf", "terms.docx", "photo.jpg", "rates.csv");
        for (int i = 0; i < GOOD; i++) {
            names.add(good.get(i % good.size()));
        }
        Map<String, String> nameOf = new LinkedHashMap<>();
        for (int from = 0; from < names.size(); from += 20) {
            List<String> some = names.subList(from, Math.min(from + 20, names.size()));
            Answer made = shop.client()
                    .post(
                            shop.path("/objects/batch"),
                            Map.of("objects", some.stream().map(this::object).toList()));
            assertThat(made.json().at("/succeeded_count").asInt())
                    .as(made.text())
                    .isEqualTo(some.size());
            for (int i = 0; i < some.size(); i++) {
                nameOf.put(made.at("/succeeded/%d/object_id".formatted(i)), some.get(i));
            }
        }
        return nameOf;
    }

    private Map<String, ?> object(String name) {
        String url = "http://127.0.0.1:%d/%s".formatted(web.getAddress().getPort(), name);
        return Map.of("blobs", List.of(Map.of("property", "file", "type", "binary", "url", url)));
    }

    private static Answer read(Workspace shop, String text) {
        String data = "data:text/plain;base64," + Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
        Map<String, ?> blob = Map.of("property", "file", "type", "binary", "data", data);
        Answer made = shop.client().post(shop.path("/objects?auto_process=true"), Map.of("blobs", List.of(blob)));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return over(shop, made.at("/batch_id"));
    }

    /** All the time, the instances are there and say so. */
    private static Answer over(Workspace shop, String batch, ServiceProcess... instances) {
        String path = shop.path("/batches/" + batch);
        await().atMost(Duration.ofMinutes(30))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    for (ServiceProcess instance : instances) {
                        assertThat(instance.isAlive()).as(instance.log()).isTrue();
                        assertThat(instance.client().get("/v1/health/liveness").status())
                                .isEqualTo(200);
                    }
                    return !OPEN.contains(shop.client().get(path).at("/status"));
                });
        return shop.client().get(path);
    }

    private static List<JsonNode> failures(Workspace shop, String batch) {
        Answer page = shop.client().get(shop.path("/batches/" + batch + "/failed-documents?limit=100"));
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        List<JsonNode> all = new ArrayList<>();
        page.json().at("/failed_documents").forEach(all::add);
        return all;
    }
}
