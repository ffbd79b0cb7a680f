package dev.waybill.stories;

import static dev.waybill.stories.StagedBytes.download;
import static dev.waybill.stories.StagedBytes.put;
import static dev.waybill.stories.StagedBytes.staged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.UrlSigner;
import dev.waybill.stories.StagedBytes.Announced;
import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Studio;
import dev.waybill.testing.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that a client sends with its PUT are neither obeyed nor downloaded with the bytes. */
@ResourceLock(StagedBytes.LOCK)
class PutHeadersStoryTests {

    private static final ServiceUnderTest SERVICE = StagedBytes.service();

    private final Workspace shop = Workspace.create(SERVICE.client());

    @Test
    void headersOfAPutAreNotDownloadedWithTheBytes() {
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
                .as("storage stores the headers of the PUT")
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
    void neitherAreThoseOfAnAgentsPut() {
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

    /** Whatever headers it is signed for, and whether or not it is confirmed already. */
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

    private static ObjectStorage storage() {
        return SERVICE.bean(ObjectStorage.class);
    }

    /** As stored, without the response headers that a presigned URL sets. */
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

    /** Such as {@code /test-1/}. */
    private static String bucketOf(String url) {
        String path = URI.create(url).getPath();
        return path.substring(0, path.indexOf('/', 1) + 1);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
            packing.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
