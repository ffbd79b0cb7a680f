package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.waybill.testing.Answer;
import dev.waybill.testing.FullDisk;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The disk of the service's own machine is full for a while: nobody's file is to blame, and nothing is lost. */
@Order(2)
class FullDiskStoryTests {

    private final ServiceUnderTest service = ServiceUnderTest.shared(Map.of("waybill.fetch.allow", "127.0.0.1"));
    private final FullDisk disk = FullDisk.of(service);
    private Workspace workspace;

    @BeforeEach
    void openAWorkspace() {
        workspace = Workspace.create(service.client());
    }

    @Test
    void anObjectByUrlIsToBeRequestedAgain() throws IOException {
        byte[] text = "No room for this: a letter".getBytes(UTF_8);
        HttpServer web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        web.createContext("/letter.txt", exchange -> {
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        web.start();
        String url = "http://127.0.0.1:%d/letter.txt".formatted(web.getAddress().getPort());
        Map<String, ?> object =
                Map.of("blobs", List.of(Map.of("property", "product_text", "type", "text", "url", url)));
        try {
            disk.refuse("No room for this");
            Answer refused = workspace.client().post(workspace.path("/objects"), object);
            assertThat(refused.status()).as(refused.text()).isEqualTo(503);
            assertThat(refused.at("/error/details/code")).isEqualTo("local_disk_full");
            assertThat(refused.header("Retry-After")).isNotEmpty();
            assertThat(workspace.objects()).isZero();

            disk.take("No room for this");
            Answer made = workspace.client().post(workspace.path("/objects"), object);
            assertThat(made.status()).as(made.text()).isEqualTo(200);
        } finally {
            disk.take("No room for this");
            web.stop(0);
        }
    }

    @Test
    void aBatchWaits() {
        Map<String, ?> text = Map.of("property", "product_text", "type", "text", "content", "No room for that yet");
        String object = workspace
                .client()
                .post(workspace.path("/objects"), Map.of("blobs", List.of(text)))
                .at("/object_id");
        String batch = workspace
                .client()
                .post(workspace.path("/batches"), Map.of("object_ids", List.of(object)))
                .at("/batch_id");
        try {
            disk.refuse("No room for that");
            int before = disk.refusals();
            workspace.client().post(workspace.path("/batches/" + batch + "/submit"));
            await().atMost(Duration.ofSeconds(60)).until(() -> disk.refusals() >= before + 2);
            assertThat(batch(batch).at("/status")).isEqualTo("PROCESSING");
        } finally {
            disk.take("No room for that");
        }

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(batch(batch).at("/status")).isEqualTo("COMPLETED"));
        assertThat(workspace.object(object).at("/status")).isEqualTo("COMPLETED");
    }

    private Answer batch(String id) {
        return workspace.client().get(workspace.path("/batches/" + id));
    }
}
