package dev.waybill.stories;

import static dev.waybill.stories.ProcessingStoryTests.failures;
import static dev.waybill.stories.ProcessingStoryTests.over;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.extraction.RealFiles;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Soak;
import dev.waybill.testing.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A thousand mixed files are processed, and every failure is named. */
@Order(8)
class MixedFilesStoryTests {

    private final ServiceUnderTest service = ServiceUnderTest.shared(Map.of("waybill.fetch.allow", "127.0.0.1"));

    @Test
    void mixedFilesEndWithEveryFailureNamed() throws IOException {
        Workspace shop = Workspace.create(service.client(), Map.of("file", Map.of("type", "binary")));
        Map<String, byte[]> kinds = kinds();
        Map<String, String> kindOf = make(shop, kinds, Soak.count(100, 1000));

        Answer batch = shop.client().post(shop.path("/batches"), Map.of("object_ids", List.copyOf(kindOf.keySet())));
        assertThat(batch.status()).as(batch.text()).isEqualTo(200);
        shop.client().post(shop.path("/batches/" + batch.at("/batch_id") + "/submit"));
        Answer done = over(shop, batch.at("/batch_id"));

        assertThat(done.at("/status")).as(done.text()).isEqualTo("COMPLETED_WITH_ERRORS");
        Map<String, Integer> failed = new HashMap<>();
        for (JsonNode failure : failures(shop, batch.at("/batch_id"))) {
            String object = failure.at("/object_id").asString();
            assertThat(failure.at("/errors/0/message").asString(""))
                    .as(failure.toString())
                    .isNotBlank();
            assertThat(failure.at("/errors/0/error_type").asString(""))
                    .as(failure.toString())
                    .isNotBlank();
            failed.merge(String.valueOf(kindOf.get(object)), 1, Integer::sum);
            assertThat(shop.object(object).at("/status")).isEqualTo("FAILED");
        }
        assertThat(failed.keySet())
                .containsExactlyInAnyOrder("empty", "truncated.pdf", "truncated.jpg", "truncated.docx");
        assertThat(failed.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo((int)
                kindOf.values().stream().filter(failed::containsKey).count());
    }

    private static Map<String, byte[]> kinds() throws IOException {
        Map<String, byte[]> kinds = new LinkedHashMap<>();
        kinds.put("paper.pdf", RealFiles.pdf("The first page", "The second").bytes());
        kinds.put("terms.docx", RealFiles.docx("Freight terms", "apply").bytes());
        kinds.put("photo.jpg", RealFiles.jpeg(64, 48).bytes());
        kinds.put("shot.png", RealFiles.png(48, 64).bytes());
        kinds.put("song.mp3", RealFiles.mp3(40).bytes());
        kinds.put("clip.mp4", RealFiles.mp4(3).bytes());
        kinds.put("rates.csv", "from,to,rate\nLisbon,Porto,12\n".getBytes(UTF_8));
        kinds.put("all.zip", RealFiles.zip("a.txt", "first", "b.txt", "second"));
        kinds.put("empty", new byte[0]);
        kinds.put(
                "truncated.pdf",
                RealFiles.pdf("nobody reads this").truncated(0.4).bytes());
        kinds.put("truncated.jpg", RealFiles.jpeg(64, 48).truncated(0.5).bytes());
        kinds.put(
                "truncated.docx",
                RealFiles.docx("nobody reads this").truncated(0.5).bytes());
        return kinds;
    }

    /** So many objects with files of these kinds by turns; the kinds by the objects' ids. */
    private static Map<String, String> make(Workspace shop, Map<String, byte[]> kinds, int count) {
        List<String> names = List.copyOf(kinds.keySet());
        Map<String, String> kindOf = new LinkedHashMap<>();
        for (int from = 0; from < count; from += 100) {
            List<Map<String, ?>> objects = new ArrayList<>();
            for (int i = from; i < from + 100; i++) {
                String data = Base64.getEncoder().encodeToString(kinds.get(names.get(i % names.size())));
                objects.add(Map.of(
                        "blobs",
                        List.of(Map.of(
                                "property",
                                "file",
                                "type",
                                "binary",
                                "data",
                                "data:application/octet-stream;base64," + data))));
            }
            Answer made = shop.client().post(shop.path("/objects/batch"), Map.of("objects", objects));
            assertThat(made.json().at("/succeeded_count").asInt())
                    .as(made.text())
                    .isEqualTo(100);
            for (int i = 0; i < 100; i++) {
                kindOf.put(made.at("/succeeded/%d/object_id".formatted(i)), names.get((from + i) % names.size()));
            }
        }
        return kindOf;
    }
}
