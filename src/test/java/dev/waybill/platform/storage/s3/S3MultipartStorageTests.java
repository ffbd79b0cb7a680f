package dev.waybill.platform.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.storage.ETag;
import dev.waybill.platform.storage.MultipartStorage;
import dev.waybill.platform.storage.MultipartStorage.Completion;
import dev.waybill.platform.storage.MultipartStorage.Part;
import dev.waybill.platform.storage.MultipartStorage.Unfinished;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.PartTerms;
import dev.waybill.platform.storage.PresignedUrl;
import dev.waybill.platform.storage.StorageTimers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Multipart uploads as clients make them: parts are put to presigned URLs. */
class S3MultipartStorageTests {

    private static final int PART = (int) MultipartStorage.MIN_PART_BYTES;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final SimpleMeterRegistry REGISTRY = new SimpleMeterRegistry();

    private static LocalStorage local;
    private static MultipartStorage multiparts;

    private final ObjectKey key = new ObjectKey("multipart/" + UUID.randomUUID() + "/a b+ü.bin");

    @BeforeAll
    static void start(@TempDir Path folder) {
        local = LocalStorage.start(folder, 0);
        multiparts = new StorageTimers(REGISTRY).around(MultipartStorage.class, local.multiparts(), "multipart_");
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @Test
    void requestsAreTimedByTheirOperations() {
        multiparts.listParts(key, multiparts.begin(key, "video/mp4"));

        assertThat(REGISTRY.get("waybill.storage.requests")
                        .tags("operation", "multipart_list_parts", "outcome", "ok")
                        .timer()
                        .count())
                .isPositive();
    }

    @Test
    void partsBecomeOneObject() throws Exception {
        byte[] bytes = new byte[PART + 100];
        new Random(7).nextBytes(bytes);
        String id = multiparts.begin(key, "video/mp4");
        assertThat(multiparts.listParts(key, id)).hasValue(List.of());
        assertThat(put(id, 2, Arrays.copyOfRange(bytes, PART, bytes.length))).isEqualTo(200);
        assertThat(put(id, 1, Arrays.copyOf(bytes, PART))).isEqualTo(200);

        List<Part> parts = multiparts.listParts(key, id).orElseThrow();
        assertThat(parts).extracting(Part::number).containsExactly(1, 2);
        assertThat(parts).extracting(Part::size).containsExactly((long) PART, 100L);
        assertThat(local.objects().head(key)).isEmpty();

        Completion completion = multiparts.complete(key, id, parts);

        assertThat(completion).isInstanceOfSatisfying(Completion.Completed.class, done -> {
            assertThat(done.object().size()).isEqualTo(bytes.length);
            assertThat(done.object().contentType()).isEqualTo("video/mp4");
            assertThat(done.object().etag().kind()).isEqualTo(ETag.Kind.MULTIPART);
            assertThat(done.object().sha256()).isNull();
        });
        try (InputStream in = local.objects().open(key, null).orElseThrow()) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        assertNothingListed(id);
        assertThat(multiparts.complete(key, id, parts)).isNotInstanceOf(Completion.Refused.class);
    }

    @Test
    void aPartOfAnotherLengthIsRefused() throws Exception {
        String id = multiparts.begin(key, "video/mp4");
        PresignedUrl url =
                local.signer(InstantSource.system()).part(new PartTerms(key, id, 1, Duration.ofMinutes(5), 11L));
        assertThat(url.requiredHeaders()).containsOnlyKeys("Content-Length");
        assertThat(put(url, new byte[10])).isEqualTo(403);
        assertThat(multiparts.listParts(key, id)).hasValue(List.of());
    }

    @Test
    void partsThatDoNotFitAreRefusedAndNothingIsLost() throws Exception {
        String id = multiparts.begin(key, "video/mp4");
        assertThat(put(id, 1, new byte[10])).isEqualTo(200);
        Part first = multiparts.listParts(key, id).orElseThrow().getFirst();
        Part other = new Part(1, 10, ETag.of("0".repeat(32), false));

        assertThat(multiparts.complete(key, id, List.of())).isEqualTo(new Completion.Refused(Completion.Reason.ORDER));
        assertThat(multiparts.complete(key, id, List.of(first, first)))
                .isEqualTo(new Completion.Refused(Completion.Reason.ORDER));
        assertThat(multiparts.complete(key, id, List.of(other)))
                .isEqualTo(new Completion.Refused(Completion.Reason.UNKNOWN_PART));
        assertThat(multiparts.complete(key, id, List.of(first))).isInstanceOf(Completion.Completed.class);
    }

    @Test
    void whatWasAbortedIsGone() throws Exception {
        String id = multiparts.begin(key, "video/mp4");
        put(id, 1, new byte[10]);
        List<Part> parts = multiparts.listParts(key, id).orElseThrow();
        multiparts.abort(key, id);
        multiparts.abort(key, id);
        assertNothingListed(id);
        assertThat(multiparts.complete(key, id, parts)).isEqualTo(new Completion.Gone());
        assertThat(local.objects().head(key)).isEmpty();
    }

    @Test
    void unfinishedOnesAreFoundByTheirAge() {
        String id = multiparts.begin(key, "video/mp4");
        Instant later = Instant.now().plus(Duration.ofHours(1));
        assertThat(multiparts.listUnfinished(later, 1000))
                .filteredOn(unfinished -> unfinished.key().equals(key))
                .extracting(Unfinished::multipartId)
                .containsExactly(id);
        assertThat(multiparts.listUnfinished(later.minus(Duration.ofHours(2)), 1000))
                .isEmpty();
        multiparts.abort(key, id);
        assertThat(multiparts.listUnfinished(later, 1000))
                .noneMatch(unfinished -> unfinished.key().equals(key));
    }

    /** S3 answers that there is no such upload; the embedded server, that it has no parts. */
    private void assertNothingListed(String id) {
        assertThat(multiparts.listParts(key, id)).hasValue(List.of());
    }

    private int put(String id, int number, byte[] bytes) throws Exception {
        return put(
                local.signer(InstantSource.system())
                        .part(new PartTerms(key, id, number, Duration.ofMinutes(5), (long) bytes.length)),
                bytes);
    }

    private static int put(PresignedUrl url, byte[] bytes) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url.url()))
                .PUT(BodyPublishers.ofByteArray(bytes))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).statusCode();
    }
}
