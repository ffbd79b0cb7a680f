package dev.waybill.connectors.mux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourceFile.Kind;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.rest.FakeServer.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Known pitfalls of Mux's API, and how a reader must handle them. */
abstract class MuxTraps {

    static final SourcePath ALL = new SourcePath(MuxConnector.ASSETS, "", true);

    /** More than any listing of these tests has. */
    private static final int MANY_PAGES = 100;

    final FakeMux mux = new FakeMux();

    /** The source at {@link #mux}. */
    abstract Source source();

    @AfterEach
    void close() {
        source().close();
        mux.close();
    }

    @Test
    void newAssetsDuringAListingLoseNoOthers() {
        IntStream.range(0, 250).forEach(i -> mux.put("old" + i, "x"));
        AtomicInteger arrived = new AtomicInteger();
        mux.first(request -> {
            for (int i = 0; i < 50 && arrived.get() < 150; i++) {
                mux.put("new" + arrived.getAndIncrement(), "x");
            }
            return null;
        });
        List<String> listed = ids();
        List<String> old = listed.stream().filter(id -> !isNew(id)).toList();
        assertThat(arrived).hasValue(150);
        assertThat(listed).doesNotHaveDuplicates();
        assertThat(old).hasSize(250);
        assertThat(mux.seen()).allSatisfy(request -> assertThat(request.query()).doesNotContainKey("page"));
        assertThat(ids()).as("the next time").doesNotHaveDuplicates().hasSize(400);
    }

    private static boolean isNew(String id) {
        return IntStream.range(0, 150).anyMatch(i -> id.startsWith(FakeMux.id("new" + i)));
    }

    @Test
    void aRepeatedCursorEndsTheListing() {
        AtomicInteger pages = new AtomicInteger();
        mux.first(request ->
                Answer.of(200, "{\"data\": [], \"next_cursor\": \"c%d\"}".formatted(pages.getAndIncrement() % 3)));
        assertThat(refusal(this::ids).diagnosis()).isEqualTo(Diagnosis.BROKEN_LISTING);
        assertThat(pages).hasValueLessThan(50);
    }

    @Test
    void anAssetIsListedInEachStatus() {
        String id = mux.upload("film");
        SourceFile preparing = only();
        assertThat(preparing.kind()).isEqualTo(Kind.PENDING);
        assertThat(preparing.note()).contains("still preparing the asset");
        assertThat(preparing.key()).isEqualTo(id + "/highest.mp4");
        assertThat(refusal(() -> source().open(ALL, preparing, 0)).diagnosis()).isEqualTo(Diagnosis.NOT_READY);

        mux.ready(id);
        SourceFile ready = only();
        assertThat(ready.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(ready.note()).contains("no static rendition 'highest'");
        assertThat(ready.version()).isNotEqualTo(preparing.version());
        assertThat(refusal(() -> source().open(ALL, ready, 0)).diagnosis()).isEqualTo(Diagnosis.NOT_DOWNLOADABLE);

        mux.change(
                id,
                asset -> asset.put(
                        "static_renditions", Map.of("files", List.of(mux.rendition("highest.mp4", "preparing")))));
        SourceFile rendering = only();
        assertThat(rendering.kind()).isEqualTo(Kind.PENDING);
        assertThat(rendering.note()).contains("rendition 'highest'");

        mux.render(id, "highest.mp4", "the film".getBytes());
        SourceFile rendered = only();
        assertThat(rendered.kind()).isEqualTo(Kind.FILE);
        assertThat(rendered.sizeBytes()).isEqualTo(8);
        assertThat(rendered.contentType()).isEqualTo("video/mp4");
        assertThat(read(source(), rendered)).isEqualTo("the film");
        assertThat(List.of(preparing.id(), ready.id(), rendering.id())).containsOnly(rendered.id());
        assertThat(rendered.modifiedAt()).isAfter(Instant.parse("2023-11-14T00:00:00Z"));
        assertThat(rendered.metadata())
                .containsEntry("resolution_tier", "1080p")
                .containsEntry("duration", "23.857167");
    }

    @Test
    void whyAnAssetCannotBeReadIsReported() {
        String errored = mux.upload("errored");
        mux.change(errored, asset -> {
            asset.put("status", "errored");
            asset.put("errors", Map.of("type", "invalid_input", "messages", List.of("secret words of somebody")));
        });
        assertUnavailable("could not process the asset (invalid_input)");
        mux.delete(errored);

        String drm = mux.put("drm", "x");
        mux.change(drm, asset -> asset.put("playback_ids", List.of(Map.of("id", "pdrm", "policy", "drm"))));
        assertUnavailable("protected by DRM");
        mux.change(drm, asset -> asset.put("playback_ids", List.of()));
        assertUnavailable("no playback id");
        mux.change(drm, asset -> asset.put("playback_ids", List.of(Map.of("id", "psigned", "policy", "signed"))));
        assertUnavailable("give playback_signing_key_id");
        mux.delete(drm);

        String skipped = mux.upload("skipped");
        mux.ready(skipped);
        for (String status : List.of("skipped", "errored")) {
            mux.change(
                    skipped,
                    asset -> asset.put(
                            "static_renditions", Map.of("files", List.of(mux.rendition("highest.mp4", status)))));
            assertUnavailable("rendition 'highest'");
        }
    }

    @Test
    void throttlingIsReportedAndNotRetried() {
        mux.put("film", "the film");
        SourceFile file = source().list(ALL, null, 10).files().getFirst();
        AtomicInteger refused = new AtomicInteger();
        mux.first(request -> {
            refused.incrementAndGet();
            return FakeMux.error(429, "rate_limited", "slow down", "Retry-After", "2");
        });
        for (ThrowingCallable call :
                List.<ThrowingCallable>of(() -> source().list(ALL, null, 10), () -> source().open(ALL, file, 0))) {
            refused.set(0);
            SourceException throttled = refusal(call);
            assertThat(throttled.diagnosis()).isEqualTo(Diagnosis.THROTTLED);
            assertThat(throttled.retryAfter()).hasSeconds(2);
            assertThat(throttled.passes()).isTrue();
            assertThat(refused).as("requests").hasValue(1);
        }
    }

    /** The ids of all that is listed, page by page. */
    private List<String> ids() {
        List<String> ids = new ArrayList<>();
        @Nullable String cursor = null;
        int pages = 0;
        do {
            SourcePage page = source().list(ALL, cursor, 1_000);
            page.files().forEach(file -> ids.add(file.id()));
            cursor = page.next();
            assertThat(++pages).as("pages").isLessThan(MANY_PAGES);
        } while (cursor != null);
        return ids;
    }

    private void assertUnavailable(String why) {
        SourceFile file = only();
        assertThat(file.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(file.note()).contains(why).doesNotContain("secret words");
        assertThat(refusal(() -> source().open(ALL, file, 0)).getMessage()).contains(why);
    }

    final SourceFile only() {
        List<SourceFile> files = source().list(ALL, null, 1_000).files();
        assertThat(files).hasSize(1);
        assertThat(source().find(ALL, files.getFirst().key())).contains(files.getFirst());
        return files.getFirst();
    }

    static String read(Source from, SourceFile file) {
        try (SourceContent content = from.open(ALL, file, 0)) {
            return new String(content.bytes().readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static SourceException refusal(ThrowingCallable call) {
        List<SourceException> thrown = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(SourceException.class, thrown::add);
        return thrown.getFirst();
    }
}
