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
import dev.waybill.connectors.rest.TestKeys;
import dev.waybill.testing.Confidential;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an asset is on its way to being a file, and why it may never be one. */
@ExtendWith(Confidential.class)
class MuxAssetsTests {

    private static final SourcePath ALL = new SourcePath("assets", "", true);

    private final FakeMux mux = new FakeMux();
    private final Source source = mux.open();

    @AfterEach
    void close() {
        source.close();
        mux.close();
    }

    @Test
    void anAssetIsSeenAtEachStepOfItsWay() {
        String id = mux.upload("film");
        SourceFile preparing = only();
        assertThat(preparing.kind()).isEqualTo(Kind.PENDING);
        assertThat(preparing.note()).contains("still preparing the asset");
        assertThat(preparing.key()).isEqualTo(id + "/highest.mp4");
        assertThat(refusal(() -> source.open(ALL, preparing, 0)).diagnosis()).isEqualTo(Diagnosis.NOT_READY);

        mux.ready(id);
        SourceFile ready = only();
        assertThat(ready.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(ready.note()).contains("no static rendition 'highest'");
        assertThat(ready.version()).isNotEqualTo(preparing.version());
        assertThat(refusal(() -> source.open(ALL, ready, 0)).diagnosis()).isEqualTo(Diagnosis.NOT_DOWNLOADABLE);

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
        assertThat(read(rendered)).isEqualTo("the film");
        assertThat(List.of(preparing.id(), ready.id(), rendering.id())).containsOnly(rendered.id());
        assertThat(rendered.modifiedAt()).isAfter(Instant.parse("2023-11-14T00:00:00Z"));
        assertThat(rendered.metadata())
                .containsEntry("resolution_tier", "1080p")
                .containsEntry("duration", "23.857167");
    }

    @Test
    void newAssetsThatArriveWhileOthersAreListedCostNoneOfThose() {
        IntStream.range(0, 250).forEach(i -> mux.put("old" + i, "x"));
        List<String> told = new ArrayList<>();
        @Nullable String cursor = null;
        int arrived = 0;
        do {
            SourcePage page = source.list(ALL, cursor, 1_000);
            page.files().forEach(file -> told.add(file.id()));
            cursor = page.next();
            for (int i = 0; i < 50 && arrived < 150; i++) {
                mux.put("new" + arrived++, "x");
            }
        } while (cursor != null);
        assertThat(arrived).isEqualTo(150);
        assertThat(told).doesNotHaveDuplicates().hasSize(250);
        assertThat(mux.seen()).allSatisfy(asked -> assertThat(asked.query()).doesNotContainKey("page"));
        List<String> next = new ArrayList<>();
        do {
            SourcePage page = source.list(ALL, cursor, 1_000);
            page.files().forEach(file -> next.add(file.id()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(next).doesNotHaveDuplicates().hasSize(400).containsAll(told);
    }

    @Test
    void whyAnAssetWillNotBeReadIsSaid() {
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
    void signedPlaybackIsSignedFor() {
        Map<String, Object> settings = new HashMap<>(FakeMux.settings());
        settings.put("playback_signing_key_id", "k1");
        settings.put("playback_signing_private_key", Base64.getEncoder().encodeToString(TestKeys.PKCS1.getBytes()));
        String id = mux.put("film", "the film");
        mux.change(id, asset -> asset.put("playback_ids", List.of(Map.of("id", "p" + id, "policy", "signed"))));
        try (Source signing = mux.open(settings)) {
            SourceFile file = signing.list(ALL, null, 10).files().getFirst();
            assertThat(file.kind()).isEqualTo(Kind.FILE);
            try (SourceContent content = signing.open(ALL, file, 4)) {
                assertThat(new String(content.bytes().readAllBytes())).isEqualTo("film");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        String token = mux.delivered().getLast().query().get("token");
        assertThat(token.split("\\.")).hasSize(3);
        assertThat(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1])))
                .contains("\"sub\":\"p" + id + "\"", "\"aud\":\"v\"", "\"kid\":\"k1\"", "\"exp\":");
        mux.firstOfStream(asked -> Answer.of(403, ""));
        try (Source signing = mux.open(settings)) {
            SourceFile file = signing.list(ALL, null, 10).files().getFirst();
            SourceException refused = refusal(() -> signing.open(ALL, file, 0));
            assertThat(refused.diagnosis()).isEqualTo(Diagnosis.NOT_DOWNLOADABLE);
            assertThat(refused.getMessage()).contains("playback_signing_key_id");
        }
    }

    @Test
    void theRenditionIsAChoice() {
        String id = mux.put("film", "high");
        mux.render(id, "720p.mp4", "middle".getBytes());
        mux.render(id, "audio.m4a", "audio".getBytes());
        for (Map.Entry<String, String> each : Map.of("720p", "middle", "audio.m4a", "audio", "highest", "high")
                .entrySet()) {
            Map<String, Object> settings = new HashMap<>(FakeMux.settings());
            settings.put("rendition", each.getKey());
            try (Source chosen = mux.open(settings)) {
                SourceFile file = chosen.list(ALL, null, 10).files().getFirst();
                assertThat(read(chosen, file)).isEqualTo(each.getValue());
            }
        }
    }

    @Test
    void ofOlderAssetsTheLargestRenditionIsTheHighest() {
        String id = mux.upload("old");
        mux.ready(id);
        mux.render(id, "low.mp4", "low".getBytes());
        mux.render(id, "medium.mp4", "medium".getBytes());
        mux.change(id, asset -> {
            List<Map<String, Object>> files = new ArrayList<>();
            for (Object file : (List<?>) ((Map<?, ?>) asset.get("static_renditions")).get("files")) {
                Map<String, Object> old = new HashMap<>();
                ((Map<?, ?>) file).forEach((name, value) -> old.put(String.valueOf(name), value));
                old.remove("status");
                old.remove("id");
                old.put("height", old.get("name").equals("low.mp4") ? 360 : 540);
                files.add(old);
            }
            asset.put("static_renditions", Map.of("status", "preparing", "files", files));
        });
        assertThat(only().kind()).isEqualTo(Kind.PENDING);
        mux.change(
                id,
                asset -> asset.put(
                        "static_renditions",
                        Map.of("status", "ready", "files", ((Map<?, ?>) asset.get("static_renditions")).get("files"))));
        SourceFile file = only();
        assertThat(file.key()).isEqualTo(id + "/medium.mp4");
        assertThat(file.id()).isEqualTo(id + "/highest");
        assertThat(read(file)).isEqualTo("medium");
    }

    @Test
    void aMasterIsReadWhereAccessWasAllowedAndKnownAfterwards() {
        Map<String, Object> settings = new HashMap<>(FakeMux.settings());
        settings.put("use_master", true);
        String id = mux.put("film", "rendition");
        try (Source masters = mux.open(settings)) {
            SourceFile closed = masters.list(ALL, null, 10).files().getFirst();
            assertThat(closed.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(closed.note()).contains("allow temporary master access");
            mux.change(id, asset -> asset.put("master", Map.of("status", "preparing")));
            assertThat(masters.list(ALL, null, 10).files().getFirst().kind()).isEqualTo(Kind.PENDING);
            String url = mux.master(id, "the master".getBytes());
            mux.change(id, asset -> asset.put("master", Map.of("status", "ready", "url", url)));
            SourceFile open = masters.list(ALL, null, 10).files().getFirst();
            assertThat(open.kind()).isEqualTo(Kind.FILE);
            assertThat(open.sizeBytes()).isEqualTo(10);
            assertThat(open.key()).isEqualTo(id + "/master.mp4");
            assertThat(read(masters, open)).isEqualTo("the master");
            mux.undeliver("masters/" + id);
            SourceFile over = masters.list(ALL, null, 10).files().getFirst();
            assertThat(over.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(over.version()).as("what was read of it is known").isEqualTo(open.version());
        }
        assertThat(mux.seen())
                .as("nothing is written")
                .allSatisfy(asked -> assertThat(asked.method()).isEqualTo("GET"));
    }

    @Test
    void whatIsReadyAndNotDeliveredYetIsWaitedFor() {
        String id = mux.put("film", "the film");
        SourceFile file = only();
        mux.undeliver("p" + id + "/highest.mp4");
        assertThat(refusal(() -> source.open(ALL, file, 0)).diagnosis()).isEqualTo(Diagnosis.NOT_READY);
        mux.delete(id);
        assertThat(refusal(() -> source.open(ALL, file, 0)).diagnosis()).isEqualTo(Diagnosis.VANISHED);
        assertThat(source.look(ALL, file.key())).isEmpty();
    }

    @Test
    void refusalsAreTold() {
        Map<String, Object> wrong = new HashMap<>(FakeMux.settings());
        wrong.put("access_token_secret", Confidential.secret("not-the-secret-of-the-mux-token"));
        try (Source stranger = mux.open(wrong)) {
            assertThat(stranger.check(ALL).problem()).isEqualTo(Diagnosis.INVALID_CREDENTIALS);
            assertThat(stranger.check(ALL).message()).contains("access_token_id");
        }
        mux.first(asked -> FakeMux.error(429, "rate_limited", "slow down", "Retry-After", "2"));
        SourceException throttled = refusal(() -> source.list(ALL, null, 10));
        assertThat(throttled.diagnosis()).isEqualTo(Diagnosis.THROTTLED);
        assertThat(throttled.retryAfter()).hasSeconds(2);
        mux.first(asked -> FakeMux.error(403, "forbidden", "no"));
        assertThat(source.check(ALL).problem()).isEqualTo(Diagnosis.ACCESS_DENIED);
        mux.first(asked -> Answer.of(500, ""));
        assertThat(refusal(() -> source.list(ALL, null, 10)).passes()).isTrue();
        mux.first(asked -> Answer.of(200, "{}"));
        assertThat(refusal(() -> source.list(ALL, null, 10)).diagnosis()).isEqualTo(Diagnosis.BROKEN_LISTING);
    }

    @Test
    void aCursorThatComesAgainEndsTheListingAndAnOldOneBeginsItAnew() {
        IntStream.range(0, 30).forEach(i -> mux.put("f" + i, "x"));
        String cursor = source.list(ALL, null, 10).next();
        AtomicInteger refused = new AtomicInteger();
        mux.first(asked -> asked.query().containsKey("cursor") && refused.getAndIncrement() == 0
                ? FakeMux.error(400, "invalid_parameters", "cursor")
                : null);
        List<String> afresh = new ArrayList<>();
        @Nullable String next = cursor;
        while (next != null) {
            SourcePage page = source.list(ALL, next, 10);
            page.files().forEach(file -> afresh.add(file.id()));
            next = page.next();
        }
        assertThat(afresh).doesNotHaveDuplicates().hasSize(30);

        AtomicInteger pages = new AtomicInteger();
        mux.first(asked ->
                Answer.of(200, "{\"data\": [], \"next_cursor\": \"c%d\"}".formatted(pages.getAndIncrement() % 3)));
        assertThat(refusal(() -> {
                            @Nullable String place = null;
                            do {
                                place = source.list(ALL, place, 10).next();
                            } while (place != null);
                        })
                        .diagnosis())
                .isEqualTo(Diagnosis.BROKEN_LISTING);
        assertThat(pages).hasValueLessThan(50);
        assertThat(refusal(() -> source.list(ALL, "!!", 10)).diagnosis()).isEqualTo(Diagnosis.BROKEN_LISTING);
    }

    private void assertUnavailable(String why) {
        SourceFile file = only();
        assertThat(file.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(file.note()).contains(why).doesNotContain("secret words");
        assertThat(refusal(() -> source.open(ALL, file, 0)).getMessage()).contains(why);
    }

    private SourceFile only() {
        List<SourceFile> files = source.list(ALL, null, 1_000).files();
        assertThat(files).hasSize(1);
        assertThat(source.look(ALL, files.getFirst().key())).contains(files.getFirst());
        return files.getFirst();
    }

    private String read(SourceFile file) {
        return read(source, file);
    }

    private static String read(Source from, SourceFile file) {
        try (SourceContent content = from.open(ALL, file, 0)) {
            return new String(content.bytes().readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static SourceException refusal(ThrowingCallable call) {
        List<SourceException> thrown = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(SourceException.class, thrown::add);
        return thrown.getFirst();
    }
}
