package dev.waybill.connectors.mux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourceFile.Kind;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.TestKeys;
import dev.waybill.testing.Confidential;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The statuses of an asset until its file can be read, and why it may never be. */
@ExtendWith(Confidential.class)
class MuxAssetsTests extends MuxTraps {

    private final Source source = mux.open();

    @Override
    Source source() {
        return source;
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
        mux.firstOfStream(request -> Answer.of(403, ""));
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
        Map<String, String> choices =
                Map.of("720p", "middle", "audio.m4a", "audio", "audio-only", "audio", "highest", "high");
        for (Map.Entry<String, String> each : choices.entrySet()) {
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
            for (String nowhere : List.of("http://", "https:///master.mp4?sig=a b", "file:///etc/passwd")) {
                mux.change(id, asset -> asset.put("master", Map.of("status", "ready", "url", nowhere)));
                assertThat(masters.list(ALL, null, 10).files().getFirst().kind())
                        .isEqualTo(Kind.UNAVAILABLE);
            }
            mux.change(id, asset -> asset.put("master", Map.of("status", "ready", "url", url)));
            mux.undeliver("masters/" + id);
            SourceFile over = masters.list(ALL, null, 10).files().getFirst();
            assertThat(over.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(over.version()).as("what was read of it is known").isEqualTo(open.version());
        }
        assertThat(mux.seen())
                .as("nothing is written")
                .allSatisfy(request -> assertThat(request.method()).isEqualTo("GET"));
    }

    @Test
    void aReadyAssetThatIsNotDeliveredYetIsNotReady() {
        String id = mux.put("film", "the film");
        SourceFile file = only();
        mux.undeliver("p" + id + "/highest.mp4");
        assertThat(refusal(() -> source.open(ALL, file, 0)).diagnosis()).isEqualTo(Diagnosis.NOT_READY);
        mux.delete(id);
        assertThat(refusal(() -> source.open(ALL, file, 0)).diagnosis()).isEqualTo(Diagnosis.VANISHED);
        assertThat(source.find(ALL, file.key())).isEmpty();
    }

    @Test
    void bytesComeAsTheyAreStored() throws IOException {
        mux.put("film", "as it is");
        mux.firstOfStream(request -> Answer.of(200, "as it is", "Content-Encoding", "gzip"));
        try (SourceContent content = source.open(ALL, only(), 0)) {
            assertThat(content.bytes().readAllBytes()).isEqualTo("as it is".getBytes());
            assertThat(content.contentEncoding()).isEqualTo("gzip");
        }
        assertThat(mux.delivered())
                .extracting(request -> request.headers().get("Accept-Encoding"))
                .containsOnly("identity");
    }

    @Test
    void whatItFindsIsItsProfile() {
        assertThat(source.check(ALL).message()).contains("nothing lies there yet", "its own environment only");
        mux.put("film", "the film");
        SourceProfile profile = source.check(ALL);
        assertThat(profile.problem()).as(profile.message()).isNull();
        assertThat(profile.account()).isEqualTo("the access token " + FakeMux.TOKEN_ID);
        assertThat(profile.capabilities())
                .isEqualTo(new SourceProfile.Capabilities(
                        true, true, false, false, false, true, true, List.of(), 100, false, false));
        assertThat(mux.delivered())
                .as("the token is told to the API only")
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("Authorization"));
    }

    @Test
    void errorResponsesAreMapped() {
        Map<String, Object> wrong = new HashMap<>(FakeMux.settings());
        wrong.put("access_token_secret", Confidential.secret("not-the-secret-of-the-mux-token"));
        try (Source unauthorized = mux.open(wrong)) {
            assertThat(unauthorized.check(ALL).problem()).isEqualTo(Diagnosis.INVALID_CREDENTIALS);
            assertThat(unauthorized.check(ALL).message()).contains("access_token_id");
        }
        mux.first(request -> FakeMux.error(503, "unavailable", "later"));
        assertThat(refusal(() -> source.list(ALL, null, 10)).diagnosis()).isEqualTo(Diagnosis.THROTTLED);
        mux.first(request -> FakeMux.error(403, "forbidden", "no"));
        assertThat(source.check(ALL).problem()).isEqualTo(Diagnosis.ACCESS_DENIED);
        mux.first(request -> Answer.of(500, ""));
        assertThat(refusal(() -> source.list(ALL, null, 10)).passes()).isTrue();
        mux.first(request -> Answer.of(200, "{}"));
        assertThat(refusal(() -> source.list(ALL, null, 10)).diagnosis()).isEqualTo(Diagnosis.BROKEN_LISTING);
    }

    @Test
    void anExpiredCursorRestartsTheListing() {
        IntStream.range(0, 30).forEach(i -> mux.put("f" + i, "x"));
        String cursor = source.list(ALL, null, 10).next();
        AtomicInteger refused = new AtomicInteger();
        mux.first(request -> request.query().containsKey("cursor") && refused.getAndIncrement() == 0
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
        assertThat(refusal(() -> source.list(ALL, "!!", 10)).diagnosis()).isEqualTo(Diagnosis.BROKEN_LISTING);
    }

    private String read(SourceFile file) {
        return read(source, file);
    }
}
