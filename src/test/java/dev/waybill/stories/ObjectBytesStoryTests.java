package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.Partners;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.Soak;
import dev.waybill.testing.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * However objects are created, changed and deleted, each of their storage keys has an owner, and in the end none is
 * left.
 */
class ObjectBytesStoryTests extends ObjectStory {

    private static final int STEPS = 40;

    static LongStream seeds() {
        return new Random().longs(Soak.count(4, 200));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void deletedAndReplacedBlobsTakeTheirBytesAlong(long seed) {
        Life life = new Life(new Random(seed));
        for (int step = 0; step < STEPS; step++) {
            life.next();
        }
        Partners.assertComplete(life.shop);
        life.awaitKeys(life.blobs() + life.hidden);

        if (life.random.nextBoolean()) {
            life.deleteObjects();
            life.awaitKeys(life.hidden);
        }
        assertThat(life.shop.client().delete(life.shop.path("")).status()).isEqualTo(200);
        life.awaitKeys(0);
    }

    /** One bucket, and what is done there. */
    private final class Life {

        private final Random random;
        private final Workspace shop = Workspace.create(SERVICE.client());
        private final List<String> objects = new ArrayList<>();
        private final List<String> uploads = new ArrayList<>();
        private final List<byte[]> known = new ArrayList<>(List.of(SampleFiles.jpeg()));
        private int hidden;

        Life(Random random) {
            this.random = random;
        }

        void next() {
            switch (random.nextInt(11)) {
                case 0, 1 -> confirm(upload(Map.of(), fresh()));
                case 2 -> confirm(upload(Map.of(), known.get(random.nextInt(known.size()))));
                case 3 -> {
                    confirm(upload(Map.of("create_object_on_confirm", false, "skip_duplicates", false), fresh()));
                    hidden++;
                }
                case 4 -> make(List.of(photo(), words()));
                case 5 -> taken();
                case 6, 7 -> replace();
                case 8 -> patch();
                case 9 -> delete();
                default -> endWithoutFile();
            }
        }

        private byte[] fresh() {
            byte[] photo = SampleFiles.jpeg();
            known.add(photo);
            return photo;
        }

        private String upload(Map<String, Object> more, byte[] bytes) {
            Map<String, Object> request = new HashMap<>(Map.of("filename", "photo.jpg", "content_type", "image/jpeg"));
            request.putAll(more);
            Answer upload = shop.ask(request);
            assertThat(Workspace.put(upload.json(), bytes).statusCode()).isEqualTo(200);
            return upload.at("/upload_id");
        }

        private void confirm(String upload) {
            Answer confirmed = shop.confirm(upload);
            assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
            uploads.add(upload);
            String object = confirmed.at("/object_id");
            if (!object.isEmpty() && !objects.contains(object)) {
                objects.add(object);
            }
        }

        private Map<String, Object> photo() {
            return link("hero_image", serve("/" + random.nextLong() + ".jpg", SampleFiles.jpeg()));
        }

        private Map<String, Object> words() {
            return blob("product_text", "text", "data", "word ".repeat(100) + random.nextLong());
        }

        private void make(List<Map<String, Object>> blobs) {
            Answer made = create(shop, Map.of("blobs", blobs));
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            objects.add(made.at("/object_id"));
        }

        /** An upload whose object or duplicate is deleted has no bytes to copy. */
        private void taken() {
            if (!uploads.isEmpty()) {
                String upload = uploads.get(random.nextInt(uploads.size()));
                Answer made = create(shop, Map.of("blobs", List.of(blob("hero_image", "image", "upload_id", upload))));
                assertThat(made.status()).as(made.text()).isIn(200, 400, 404, 409);
                if (made.status() == 200) {
                    objects.add(made.at("/object_id"));
                }
            }
        }

        private void replace() {
            if (!objects.isEmpty()) {
                List<Map<String, Object>> blobs =
                        random.nextBoolean() ? List.of(photo()) : List.of(words(), photo(), words());
                Answer replaced = shop.client().put(shop.path("/objects/" + any()), Map.of("blobs", blobs));
                assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
            }
        }

        private void patch() {
            if (!objects.isEmpty()) {
                Answer patched = shop.client()
                        .patch(shop.path("/objects/" + any()), Map.of("key_prefix", "/moved-" + random.nextInt(9)));
                assertThat(patched.status()).as(patched.text()).isEqualTo(200);
            }
        }

        private void delete() {
            if (!objects.isEmpty()) {
                String object = any();
                assertThat(shop.client().delete(shop.path("/objects/" + object)).status())
                        .isEqualTo(204);
                objects.remove(object);
            }
        }

        private void endWithoutFile() {
            if (random.nextBoolean()) {
                String canceled = upload(Map.of(), SampleFiles.jpeg());
                assertThat(shop.client()
                                .delete(shop.path("/uploads/" + canceled))
                                .status())
                        .isEqualTo(204);
            } else {
                assertThat(shop.confirm(upload(Map.of(), SampleFiles.pdf())).status())
                        .isEqualTo(400);
            }
        }

        private String any() {
            return objects.get(random.nextInt(objects.size()));
        }

        void deleteObjects() {
            for (String object : objects) {
                assertThat(shop.client().delete(shop.path("/objects/" + object)).status())
                        .isEqualTo(204);
            }
        }

        /** How many blobs of all objects lie in storage, each of them readable. */
        int blobs() {
            int count = 0;
            assertThat(shop.objects()).isEqualTo(objects.size());
            for (String object : objects) {
                Answer read = shop.client().get(shop.path("/objects/" + object + "?return_presigned_urls=true"));
                for (JsonNode blob : read.json().at("/blobs")) {
                    if (blob.has("presigned_url")) {
                        assertThat(Workspace.get(blob.at("/presigned_url").asString())
                                        .statusCode())
                                .isEqualTo(200);
                        count++;
                    }
                }
            }
            return count;
        }

        /** Keys that rows dropped are removed after a while. */
        void awaitKeys(int count) {
            await().untilAsserted(() -> {
                SERVICE.runJob("GarbageCollection.run");
                assertThat(stored(shop).stream().filter(key -> !key.startsWith("staging/")))
                        .hasSize(count);
            });
        }
    }
}
