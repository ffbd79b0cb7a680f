package dev.waybill.platform.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.storage.FileNames;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.PartTerms;
import dev.waybill.platform.storage.PresignedUrl;
import dev.waybill.platform.storage.PutTerms;
import dev.waybill.platform.storage.UrlSigner;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigV4UrlSignerTests {

    private static final Instant NOW = Instant.parse("2026-11-21T23:59:59.999Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final ObjectKey KEY = new ObjectKey("org/ns/api_buckets_uploads_create/upl/photo.jpg");

    @Test
    void theHeadersThatMustBeSentAreListedInOrder() {
        PresignedUrl url = signer().put(new PutTerms(KEY, "image/jpeg", HOUR, 5L, "0".repeat(64), true));
        assertThat(url.requiredHeaders().keySet())
                .containsExactly("Content-Type", "Content-Length", "If-None-Match", "x-amz-checksum-sha256");
        assertThat(url.requiredHeaders().get("x-amz-checksum-sha256")).hasSize(44);
        assertThat(signer().put(new PutTerms(KEY, "image/jpeg", HOUR, null, null, false))
                        .requiredHeaders())
                .containsOnlyKeys("Content-Type");
    }

    @Test
    void itExpiresInWholeSecondsFromNow() {
        assertThat(signer().get(KEY, HOUR, null).expiresAt()).isEqualTo(Instant.parse("2026-11-22T00:59:59Z"));
    }

    @Test
    void itIsSignedForThePublicHost() {
        StorageProperties properties = StorageSettings.of("http://minio.internal:9000")
                .publicEndpoint("https://files.example.com")
                .build();
        UrlSigner signer = new StorageConfiguration().urlSigner(properties, InstantSource.fixed(NOW));
        assertThat(signer.get(KEY, HOUR, null).url()).startsWith("https://files.example.com/waybill/org/ns/");
        assertThat(signer).hasToString("SigV4UrlSigner{https://files.example.com/waybill/}");
    }

    @Test
    void aPutWithALongNameFitsIntoAnyClientsUrlField() {
        ObjectKey key = new ObjectKey(
                "org_0123456789ABCDEF/ns_0123456789ABCDEF/api_buckets_uploads_create/upl_0123456789ABCDEF/"
                        + "#".repeat(255));
        StorageProperties properties = StorageSettings.of(
                        "https://a-rather-long-account-name.storage.region-of-the-world.provider.example.com:8443")
                .region("a-long-region-name-1")
                .build();
        PresignedUrl url = new StorageConfiguration()
                .urlSigner(properties, InstantSource.fixed(NOW))
                .put(new PutTerms(key, "image/jpeg", Duration.ofDays(1), 5L << 30, "f".repeat(64), true));
        assertThat(url.url().length()).isLessThanOrEqualTo(2083);
    }

    @ParameterizedTest
    @CsvSource({
        "\u5199, .jpg, 255, waybill",
        "\u5199, .jpg, 72, waybill",
        "\u5199, '', 255, waybill",
        "\uD83D\uDE00, .jpeg, 127, waybill",
        "%, .gz, 255, waybill",
        "a, .txt, 255, waybill",
        "\u5199, .jpg, 255, a-bucket-of-the-longest-name-that-there-is-and-that-has-63-letters",
    })
    void aDownloadsNameIsCutWhereTheUrlWouldBeTooLong(String letter, String end, int letters, String bucket) {
        String name = letter.repeat(letters - end.length()) + end;
        ObjectKey key = new ObjectKey("0/0123456789ABCDEF/ns_0123456789ABCDEF/" + FileNames.inKey(name));
        StorageProperties properties = StorageSettings.of(
                        "https://a-rather-long-account-name.storage.region-of-the-world.provider.example.com:8443")
                .region("a-long-region-name-1")
                .bucket(bucket)
                .build();

        String url = new StorageConfiguration()
                .urlSigner(properties, InstantSource.fixed(NOW))
                .get(key, Duration.ofDays(1), name)
                .url();

        String disposition = URLDecoder.decode(
                url.replaceFirst(".*[?&]response-content-disposition=([^&]*).*", "$1"), StandardCharsets.UTF_8);
        assertThat(url.length()).isLessThanOrEqualTo(2048);
        assertThat(disposition).startsWith("attachment; filename=\"").contains(end + "\"");
        if (disposition.contains("filename*=")) {
            String exact = URLDecoder.decode(disposition.replaceFirst(".*UTF-8''", ""), StandardCharsets.UTF_8);
            String start = exact.substring(0, exact.length() - end.length());
            assertThat(exact).endsWith(end);
            assertThat(start).isNotEmpty().isEqualTo(letter.repeat(start.length() / letter.length()));
            assertThat(disposition)
                    .contains("filename=\"" + "_".repeat(start.codePointCount(0, start.length())) + end + "\"");
        }
    }

    @Test
    void aNameThatHasRoomIsNotCut() {
        String name = "\u5199".repeat(20) + ".jpg";
        assertThat(signer().get(KEY, HOUR, name).url())
                .contains("UTF-8%27%27" + "%25E5%2586%2599".repeat(20) + ".jpg&");
    }

    @Test
    void theSignatureIsNotShown() {
        PresignedUrl url = signer().get(KEY, HOUR, null);
        assertThat(url.url()).contains("X-Amz-Signature=");
        assertThat(url).asString().doesNotContain("Signature").contains("photo.jpg");
    }

    @Test
    void aNewDayHasANewKey() {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        UrlSigner signer = signer(now::get);
        String first = signer.get(KEY, HOUR, null).url();
        now.set(NOW.plusMillis(1));
        String second = signer.get(KEY, HOUR, null).url();
        assertThat(first).contains("X-Amz-Date=20261121T235959Z").contains("%2F20261121%2F");
        assertThat(second).contains("X-Amz-Date=20261122T000000Z").contains("%2F20261122%2F");
        assertThat(second).isEqualTo(signer(now::get).get(KEY, HOUR, null).url());
        now.set(NOW);
        assertThat(signer.get(KEY, HOUR, null).url()).isEqualTo(first);
    }

    @Test
    void threadsDoNotDisturbEachOther() throws Exception {
        UrlSigner shared = signer();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> urls = IntStream.range(0, 2_000)
                    .mapToObj(i -> threads.submit(() ->
                            shared.get(new ObjectKey("key-" + i), HOUR, null).url()))
                    .toList();
            for (int i = 0; i < urls.size(); i++) {
                assertThat(urls.get(i).get())
                        .isEqualTo(signer().get(new ObjectKey("key-" + i), HOUR, null)
                                .url());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "a.pdf, |attachment; filename=\"a.pdf\"|",
                "|a b's.pdf|, |attachment; filename=\"a b's.pdf\"|",
                "|résumé.pdf|, |attachment; filename=\"r_sum_.pdf\"; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf|",
                "|say \"hi\".txt|, |attachment; filename=\"say _hi_.txt\"; filename*=UTF-8''say%20%22hi%22.txt|",
                "|100%.txt|, |attachment; filename=\"100_.txt\"; filename*=UTF-8''100%25.txt|",
                "|😀|, |attachment; filename=\"_\"; filename*=UTF-8''%F0%9F%98%80|"
            })
    void aDownloadIsNamed(String name, String disposition) {
        assertThat(DownloadName.contentDisposition(name)).isEqualTo(disposition);
    }

    @Test
    void aDownloadsNameCannotAddHeaders() {
        assertThat(DownloadName.contentDisposition("a\r\nSet-Cookie: b")).doesNotContain("\r", "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "text/plain\r\nX: y", "tëxt/plain"})
    void aContentTypeThatIsNoHeaderIsRefused(String contentType) {
        assertThatThrownBy(() -> new PutTerms(KEY, contentType, HOUR, null, null, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void termsAreBounded() {
        assertThatThrownBy(() -> new PutTerms(KEY, "a/b", Duration.ofMillis(999), null, null, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PutTerms(KEY, "a/b", Duration.ofDays(8), null, null, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PutTerms(KEY, "a/b", HOUR, (5L << 30) + 1, null, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PutTerms(KEY, "a/b", HOUR, null, "F".repeat(64), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PartTerms(KEY, "id", 10_001, HOUR, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> signer().get(KEY, Duration.ZERO, null)).isInstanceOf(IllegalArgumentException.class);
    }

    private static UrlSigner signer() {
        return signer(InstantSource.fixed(NOW));
    }

    private static UrlSigner signer(InstantSource clock) {
        return new StorageConfiguration()
                .urlSigner(StorageSettings.of("https://s3.example.com").build(), clock);
    }
}
