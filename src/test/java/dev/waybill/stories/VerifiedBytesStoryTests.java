package dev.waybill.stories;

import static dev.waybill.stories.StagedBytes.digest;
import static dev.waybill.stories.StagedBytes.download;
import static dev.waybill.stories.StagedBytes.put;
import static dev.waybill.stories.StagedBytes.staged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.stories.StagedBytes.Announced;
import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Soak;
import dev.waybill.testing.Studio;
import dev.waybill.testing.Workspace;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was verified is what everyone downloads, whatever its client puts afterwards. */
@ResourceLock(StagedBytes.LOCK)
class VerifiedBytesStoryTests {

    private static final ServiceUnderTest SERVICE = StagedBytes.service();

    private static final Set<String> BESIDE_REQUESTS = Set.of("list", "check", "delete_all");

    private final Workspace shop = Workspace.create(SERVICE.client());

    @ParameterizedTest
    @EnumSource
    void otherBytesThatArePutAfterwardsChangeNothing(Announced announced) {
        byte[] photo = SampleFiles.jpeg();
        Answer upload = shop.ask(announced.request(photo));
        String id = upload.at("/upload_id");
        assertThat(upload.at("/s3_key")).as(upload.text()).startsWith("staging/");
        String etag = put(upload, photo);

        Answer confirmed = shop.confirm(id);
        assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
        assertThat(confirmed.at("/etag")).isEqualTo(etag);
        String key = shop.upload(id).at("/s3_key");
        assertThat(key).matches("[0-9a-f]/[0-9A-Za-z]{16}/" + shop.namespace() + "/photo\\.jpg");
        HttpResponse<byte[]> before = download(shop, confirmed);
        assertThat(before.body()).isEqualTo(photo);

        for (int again = 0; again < 2; again++) {
            assertThat(put(upload, changed(photo))).as("the URL still lives").isNotEqualTo(etag);
            assertThat(download(shop, confirmed).body()).isEqualTo(photo);
            SERVICE.runJob("BatchedDeletes.run");
        }

        assertThat(download(shop, confirmed).headers().firstValue("ETag"))
                .isEqualTo(before.headers().firstValue("ETag"));
        Answer repeated = shop.confirm(id);
        assertThat(repeated.at("/etag")).as(repeated.text()).isEqualTo(etag);
        assertThat(repeated.at("/object_id")).isEqualTo(confirmed.at("/object_id"));
        assertThat(shop.upload(id).at("/s3_key")).isEqualTo(key);
        assertThat(download(shop, confirmed).body()).isEqualTo(photo);
        assertThat(finalKeys(shop)).containsExactly(key);
    }

    @Test
    void aSealedUploadTakesNoSecondPutUntilItsStagedBytesAreGone() {
        byte[] photo = SampleFiles.jpeg();
        Map<String, Object> request = Announced.ALL.request(photo);
        request.put("sealed", true);
        Answer upload = shop.ask(request);
        put(upload, photo);
        assertThat(Workspace.put(upload.json(), photo).statusCode()).isEqualTo(412);
        Answer confirmed = shop.confirm(upload.at("/upload_id"));
        assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
        String key = shop.upload(upload.at("/upload_id")).at("/s3_key");
        assertThat(Workspace.put(upload.json(), photo).statusCode()).isEqualTo(412);
        assertThat(Workspace.put(upload.json(), changed(photo)).statusCode()).isIn(400, 412);

        SERVICE.runJob("BatchedDeletes.run");
        assertThat(storage().head(staged(upload))).isEmpty();
        assertThat(Workspace.put(upload.json(), changed(photo)).statusCode()).isEqualTo(400);
        put(upload, photo);

        assertThat(storage().head(staged(upload))).isPresent();
        assertThat(download(shop, confirmed).body()).isEqualTo(photo);
        assertThat(shop.confirm(upload.at("/upload_id")).at("/object_id")).isEqualTo(confirmed.at("/object_id"));
        assertThat(finalKeys(shop)).containsExactly(key);
    }

    @Test
    void otherBytesThatArePutBeforeABatchConfirmAreTheOnesThatItVerifies() {
        List<Answer> uploads = List.of(shop.askForJpeg(), shop.askForJpeg(), shop.askForJpeg());
        List<byte[]> photos = List.of(SampleFiles.jpeg(), SampleFiles.jpeg(), SampleFiles.jpeg());
        for (int i = 0; i < 3; i++) {
            put(uploads.get(i), SampleFiles.jpeg());
            put(uploads.get(i), photos.get(i));
        }

        Answer task = shop.settled(shop.confirmAll(
                        uploads.stream().map(one -> one.at("/upload_id")).toList())
                .at("/task_id"));

        assertThat(task.at("/status")).as(task.text()).isEqualTo("COMPLETED");
        uploads.forEach(upload -> put(upload, SampleFiles.jpeg()));
        for (int i = 0; i < 3; i++) {
            Answer confirmed = shop.confirm(uploads.get(i).at("/upload_id"));
            assertThat(confirmed.at("/etag")).isEqualTo(digest("MD5", photos.get(i)));
            assertThat(download(shop, confirmed).body()).isEqualTo(photos.get(i));
        }
    }

    @Test
    void anObjectThatTakesTheFileOfAnUploadGetsWhatWasVerified() {
        byte[] photo = SampleFiles.jpeg();
        Answer upload = shop.askForJpeg();
        put(upload, photo);
        Answer confirmed = shop.confirm(upload.at("/upload_id"));
        put(upload, changed(photo));

        Answer taker = shop.client()
                .post(
                        shop.path("/objects"),
                        Map.of(
                                "blobs",
                                List.of(Map.of(
                                        "property",
                                        "hero_image",
                                        "type",
                                        "image",
                                        "upload_id",
                                        upload.at("/upload_id")))));

        assertThat(taker.status()).as(taker.text()).isEqualTo(200);
        assertThat(download(shop, taker).body()).isEqualTo(photo);
        assertThat(shop.client()
                        .delete(shop.path("/objects/" + confirmed.at("/object_id")))
                        .status())
                .isEqualTo(204);
        SERVICE.runJob("GarbageCollection.run");
        assertThat(download(shop, taker).body()).as("it has bytes of its own").isEqualTo(photo);
    }

    @Test
    void anAgentsFileIsTheOneThatWasVerified() {
        Studio studio = Studio.open(SERVICE.client(), SERVICE.anonymous());
        byte[] png = SampleFiles.png();
        String id = studio.begin();
        Answer announced = studio.announcePng(id, png);
        assertThat(URI.create(announced.at("/data/uploadUrl")).getPath()).contains("/staging/");
        assertThat(Studio.put(announced, png).statusCode()).isEqualTo(200);
        assertThat(studio.confirm(id).status()).isEqualTo(200);
        String url = studio.asSeenByTheOrganization(id).at("/download_url");
        assertThat(URI.create(url).getPath()).doesNotContain("/staging/");

        assertThat(Studio.put(announced, changed(png)).statusCode()).isEqualTo(200);
        assertThat(Workspace.get(url).body()).isEqualTo(png);
        SERVICE.runJob("BatchedDeletes.run");
        assertThat(Studio.put(announced, changed(png)).statusCode()).isEqualTo(200);

        Answer seen = studio.asSeenByTheOrganization(id);
        assertThat(Workspace.get(seen.at("/download_url")).body()).isEqualTo(png);
        assertThat(seen.at("/media/etag")).as(seen.text()).isIn("", digest("MD5", png));
    }

    /**
     * Some pins are not firm: whatever storage copies under a race, its confirm reports those very bytes, or requires
     * another confirm.
     */
    @Test
    void theBytesThatRacingPutsLeaveAreThoseThatTheConfirmReported() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < Soak.count(40, 2_000); round++) {
                race(threads);
            }
        }
    }

    private void race(ExecutorService threads) throws Exception {
        byte[] first = SampleFiles.jpeg();
        byte[] second = longer(first, 1);
        byte[] third = longer(first, 2);
        Answer upload = shop.askForJpeg();
        put(upload, first);
        Future<Answer> racing = threads.submit(() -> shop.confirm(upload.at("/upload_id")));
        Future<Boolean> puts = threads.submit(() -> !put(upload, second).equals(put(upload, third)));

        Answer confirmed = racing.get();
        assertThat(puts.get()).isTrue();
        if (confirmed.status() == 409) {
            assertThat(confirmed.at("/error/message")).contains("changed while it was verified");
            confirmed = shop.confirm(upload.at("/upload_id"));
        }

        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        byte[] downloaded = download(shop, confirmed).body();
        assertThat(confirmed.at("/etag")).isEqualTo(digest("MD5", downloaded));
        assertThat(confirmed.json().at("/file_size_bytes").asInt()).isEqualTo(downloaded.length);
        assertThat(List.of(first, second, third)).anyMatch(each -> Arrays.equals(each, downloaded));
    }

    /** Its removals of staged bytes come later, in bulk, and are not counted. */
    @ParameterizedTest
    @EnumSource(names = {"NOTHING", "SIZE"})
    void aConfirmIsOneReadAndOneCopy(Announced announced) {
        byte[] photo = SampleFiles.jpeg();
        Answer upload = shop.ask(announced.request(photo));
        put(upload, photo);
        Map<String, Long> before = storageRequests();

        assertThat(shop.confirm(upload.at("/upload_id")).status()).isEqualTo(200);

        Map<String, Long> made = storageRequests();
        before.forEach((operation, count) ->
                made.computeIfPresent(operation, (same, now) -> now.equals(count) ? null : Long.valueOf(now - count)));
        assertThat(made).isEqualTo(Map.of("read_head", 1L, "copy", 1L));
    }

    /** What walks and removals in bulk make is left out: they go on beside it. */
    private static Map<String, Long> storageRequests() {
        Map<String, Long> counts = new TreeMap<>();
        for (Timer timer : SERVICE.bean(MeterRegistry.class)
                .find("waybill.storage.requests")
                .timers()) {
            String operation = String.valueOf(timer.getId().getTag("operation"));
            if (!BESIDE_REQUESTS.contains(operation) && timer.count() > 0) {
                counts.merge(operation, timer.count(), Long::sum);
            }
        }
        return counts;
    }

    private static ObjectStorage storage() {
        return SERVICE.bean(ObjectStorage.class);
    }

    private static List<String> finalKeys(Workspace of) {
        List<String> keys = new ArrayList<>();
        ObjectKey last = null;
        List<StoredObject> page;
        do {
            page = storage().list("", last, 1000);
            page.forEach(found -> keys.add(found.key().value()));
            last = page.isEmpty() ? null : page.getLast().key();
        } while (last != null);
        return keys.stream()
                .filter(key -> key.contains("/" + of.namespace() + "/") && !key.startsWith("staging/"))
                .toList();
    }

    /** As many bytes, of the same type. */
    private static byte[] changed(byte[] bytes) {
        byte[] other = bytes.clone();
        other[other.length - 1] ^= 1;
        return other;
    }

    private static byte[] longer(byte[] bytes, int more) {
        return Arrays.copyOf(bytes, bytes.length + more);
    }
}
