package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.platform.storage.UrlSigner;
import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Soak;
import dev.waybill.testing.Studio;
import dev.waybill.testing.Workspace;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What was verified is what everyone downloads, whatever its client puts, or says beside it. */
class VerifiedBytesStoryTests {

    /** The tests say when staged bytes are removed. */
    private static final ServiceUnderTest SERVICE =
            ServiceUnderTest.shared(Map.of("waybill.blobs.delete-interval", "24h"));

    private static final Set<String> BESIDE_REQUESTS = Set.of("list", "check", "delete_all");

    private final Workspace shop = Workspace.create(SERVICE.client());

    /** How much a client says of its file beforehand. */
    enum Announced {
        NOTHING,
        SIZE,
        HASH,
        ALL;

        Map<String, Object> request(byte[] bytes) {
            Map<String, Object> request = new HashMap<>(Map.of("filename", "photo.jpg", "content_type", "image/jpeg"));
            if (this == SIZE || this == ALL) {
                request.put("file_size_bytes", bytes.length);
            }
            if (this == HASH || this == ALL) {
                request.put("file_hash", digest("SHA-256", bytes));
            }
            return request;
        }
    }

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

    /** Some pins are not firm: whatever storage copies under a race, its confirm tells those very bytes, or asks again. */
    @Test
    void whatRacingPutsLeaveIsWhatTheConfirmTold() throws Exception {
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

    @Test
    void nothingThatAClientSaysBesideTheBytesIsDownloadedWithThem() {
        Map<String, String> said = Map.of(
                "Cache-Control", "public, max-age=31536000",
                "Expires", "Fri, 01 Jan 2038 00:00:00 GMT",
                "Content-Language", "tlh",
                "Content-Encoding", "gzip",
                "Content-Disposition", "inline; filename=\"evil.html\"");
        byte[] photo = SampleFiles.jpeg();
        Answer upload = shop.askForJpeg();
        assertThat(put(upload.json().at("/required_headers"), upload.at("/presigned_url"), said, photo))
                .isEqualTo(200);
        HttpHeaders staged = raw(staged(upload)).headers();
        assertThat(staged.firstValue("Cache-Control"))
                .as("storage keeps what it is told")
                .contains("public, max-age=31536000");

        Answer confirmed = shop.confirm(upload.at("/upload_id"));

        assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
        ObjectKey key = new ObjectKey(shop.upload(upload.at("/upload_id")).at("/s3_key"));
        for (HttpResponse<byte[]> read : List.of(download(shop, confirmed), raw(key))) {
            assertBare(read.headers(), "image/jpeg", "photo.jpg");
            assertThat(read.headers().firstValue("Content-Encoding")).isEmpty();
            assertThat(read.body()).isEqualTo(photo);
        }
    }

    @Test
    void norWithAnAgentsFile() {
        Studio studio = Studio.open(SERVICE.client(), SERVICE.anonymous());
        byte[] png = SampleFiles.png();
        String id = studio.begin();
        Answer announced = studio.announcePng(id, png);
        Map<String, String> said = Map.of(
                "Cache-Control", "public, max-age=31536000",
                "Content-Language", "tlh",
                "Content-Encoding", "gzip",
                "Content-Disposition", "inline; filename=\"evil.html\"");
        assertThat(put(announced.json().at("/data/requiredHeaders"), announced.at("/data/uploadUrl"), said, png))
                .isEqualTo(200);

        assertThat(studio.confirm(id).status()).isEqualTo(200);

        HttpResponse<byte[]> read =
                Workspace.get(studio.asSeenByTheOrganization(id).at("/download_url"));
        assertBare(read.headers(), "image/png", "lighthouse.png");
        assertThat(read.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(read.body()).isEqualTo(png);
    }

    @Test
    void theContentEncodingThatTheBytesHaveStays() throws IOException {
        Workspace files = Workspace.create(SERVICE.client(), Map.of("file", Map.of("type", "binary")));
        Answer upload = files.ask(Map.of("filename", "table.csv.gz", "content_type", "application/octet-stream"));
        byte[] packed = gzip("a,b\n1,2\n");
        assertThat(put(
                        upload.json().at("/required_headers"),
                        upload.at("/presigned_url"),
                        Map.of("Content-Encoding", "gzip", "Cache-Control", "no-transform"),
                        packed))
                .isEqualTo(200);

        Answer confirmed = files.confirm(upload.at("/upload_id"));

        assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
        HttpResponse<byte[]> read = download(files, confirmed);
        assertThat(read.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(read.headers().firstValue("Cache-Control")).isEmpty();
        assertThat(read.body()).isEqualTo(packed);
    }

    /** Whatever it is signed for, and whether or not it is confirmed already. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "sealed", "completed"})
    void anUploadsUrlCopiesNothingOfAnotherTenant(String kind) {
        Workspace victim = Workspace.create(SERVICE.client());
        byte[] secret = SampleFiles.jpeg();
        Answer theirs = victim.askForJpeg();
        put(theirs, secret);
        Answer object = victim.confirm(theirs.at("/upload_id"));
        String key = victim.upload(theirs.at("/upload_id")).at("/s3_key");
        byte[] photo = SampleFiles.jpeg();
        Map<String, Object> request = Announced.NOTHING.request(photo);
        if (kind.equals("sealed")) {
            request = Announced.ALL.request(secret);
            request.put("sealed", true);
        }
        Answer upload = shop.ask(request);
        if (kind.equals("completed")) {
            put(upload, photo);
            shop.confirm(upload.at("/upload_id"));
        }

        for (String source : List.of(key, staged(theirs).value())) {
            assertThat(put(
                            upload.json().at("/required_headers"),
                            upload.at("/presigned_url"),
                            Map.of("x-amz-copy-source", bucketOf(upload.at("/presigned_url")) + source),
                            new byte[0]))
                    .as("refused by storage")
                    .isEqualTo(403);
        }

        Answer confirmed = shop.confirm(upload.at("/upload_id"));
        if (kind.equals("completed")) {
            assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
            assertThat(download(shop, confirmed).body()).isEqualTo(photo);
        } else {
            assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(404);
            assertThat(storage().head(staged(upload))).isEmpty();
        }
        assertThat(download(victim, object).body()).isEqualTo(secret);
    }

    @Test
    void anAgentsUrlCopiesNothingOfAnotherTenant() {
        byte[] secret = SampleFiles.png();
        Answer theirs = shop.ask(Map.of("filename", "secret.png", "content_type", "image/png"));
        put(theirs, secret);
        Answer object = shop.confirm(theirs.at("/upload_id"));
        String key = shop.upload(theirs.at("/upload_id")).at("/s3_key");
        Studio studio = Studio.open(SERVICE.client(), SERVICE.anonymous());
        String id = studio.begin();
        Answer announced = studio.announcePng(id, secret);
        String url = announced.at("/data/uploadUrl");

        assertThat(put(
                        announced.json().at("/data/requiredHeaders"),
                        url,
                        Map.of("x-amz-copy-source", bucketOf(url) + key),
                        new byte[0]))
                .isEqualTo(403);

        assertThat(studio.confirm(id).at("/error/code")).isEqualTo("FILE_NOT_FOUND");
        assertThat(download(shop, object).body()).isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-amz-acl", "x-amz-grant-read", "x-amz-meta-note", "x-amz-storage-class", "x-amz-tagging"})
    void headersOfStoragesOwnAreRefusedUnlessTheyAreSigned(String header) {
        Answer upload = shop.askForJpeg();

        assertThat(put(
                        upload.json().at("/required_headers"),
                        upload.at("/presigned_url"),
                        Map.of(header, header.equals("x-amz-acl") ? "public-read" : "a=b"),
                        SampleFiles.jpeg()))
                .isEqualTo(403);

        assertThat(shop.confirm(upload.at("/upload_id")).status()).isEqualTo(404);
    }

    @Test
    void nobodyReadsAFinalKeyWithoutASignature() {
        Answer upload = shop.askForJpeg();
        put(upload, SampleFiles.jpeg());
        Answer confirmed = shop.confirm(upload.at("/upload_id"));
        String url = download(shop, confirmed).uri().toString();

        assertThat(Workspace.get(url.substring(0, url.indexOf('?'))).statusCode())
                .isEqualTo(403);
    }

    /** Its removals, which come later, many by one request, are none of its own. */
    @ParameterizedTest
    @EnumSource(names = {"NOTHING", "SIZE"})
    void aConfirmIsOneLookAndOneCopy(Announced announced) {
        byte[] photo = SampleFiles.jpeg();
        Answer upload = shop.ask(announced.request(photo));
        put(upload, photo);
        Map<String, Long> before = storageRequests();

        assertThat(shop.confirm(upload.at("/upload_id")).status()).isEqualTo(200);

        Map<String, Long> made = storageRequests();
        before.forEach((operation, count) ->
                made.computeIfPresent(operation, (same, now) -> now.equals(count) ? null : Long.valueOf(now - count)));
        assertThat(made).isEqualTo(Map.of("glimpse", 1L, "copy", 1L));
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

    /** PUTs as the answer asks for, and expects it to work; the ETag, without quotes. */
    private static String put(Answer upload, byte[] bytes) {
        HttpResponse<byte[]> answer = Workspace.put(upload.json(), bytes);
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return answer.headers().firstValue("ETag").orElseThrow().replace("\"", "");
    }

    private static int put(JsonNode required, String url, Map<String, String> more, byte[] bytes) {
        Map<String, String> headers = new LinkedHashMap<>();
        required.properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asString()));
        headers.putAll(more);
        return Workspace.put(url, headers, bytes).statusCode();
    }

    private static HttpResponse<byte[]> download(Workspace from, Answer named) {
        Answer object =
                from.client().get(from.path("/objects/" + named.at("/object_id") + "?return_presigned_urls=true"));
        assertThat(object.status()).as(object.text()).isEqualTo(200);
        HttpResponse<byte[]> read = Workspace.get(object.at("/blobs/0/presigned_url"));
        assertThat(read.statusCode()).isEqualTo(200);
        return read;
    }

    /** As storage has it, without anything that a URL asks for. */
    private static HttpResponse<byte[]> raw(ObjectKey key) {
        HttpResponse<byte[]> read = Workspace.get(SERVICE.bean(UrlSigner.class)
                .get(key, Duration.ofMinutes(5), null)
                .url());
        assertThat(read.statusCode()).isEqualTo(200);
        return read;
    }

    private static void assertBare(HttpHeaders headers, String type, String name) {
        assertThat(headers.firstValue("Content-Type")).contains(type);
        assertThat(headers.firstValue("Content-Disposition"))
                .get(STRING)
                .isEqualTo("attachment; filename=\"%s\"".formatted(name));
        for (String gone : List.of("Cache-Control", "Expires", "Content-Language")) {
            assertThat(headers.firstValue(gone)).as(gone).isEmpty();
        }
    }

    private static ObjectKey staged(Answer upload) {
        return new ObjectKey(upload.at("/s3_key"));
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

    /** Such as {@code /test-1/}. */
    private static String bucketOf(String url) {
        String path = URI.create(url).getPath();
        return path.substring(0, path.indexOf('/', 1) + 1);
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

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
            packing.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
