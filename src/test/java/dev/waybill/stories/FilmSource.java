package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.box.FakeBox;
import dev.waybill.connectors.box.FakeBoxTokens;
import dev.waybill.connectors.mux.FakeMux;
import dev.waybill.connectors.rest.FakeServer;
import dev.waybill.connectors.rest.FakeServer.Seen;
import dev.waybill.testing.Answer;
import dev.waybill.testing.WaybillClient;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A fake source of many files: Box, or Mux. */
enum FilmSource {
    BOX {
        @Override
        void put(FakeBox box, FakeMux mux, int files) {
            for (int i = 0; i < files; i++) {
                box.put("Archive/%02d/film %04d.txt".formatted(i % 40, i), "the bytes of " + i);
            }
        }

        @Override
        SyncStory story(WaybillClient client) {
            return story(client, "box", FakeBoxTokens.clientCredentials(), "/Archive");
        }
    },
    MUX {
        @Override
        void put(FakeBox box, FakeMux mux, int files) {
            for (int i = 0; i < files; i++) {
                mux.put("film" + i, "the bytes of " + i);
            }
        }

        @Override
        SyncStory story(WaybillClient client) {
            return story(client, "mux", FakeMux.settings(), "mux://");
        }
    };

    private static final FakeServer.Answer SILENCE = new FakeServer.Answer(0, Map.of(), new byte[0], -1);

    abstract void put(FakeBox box, FakeMux mux, int files);

    /** A sync of all that is put. */
    abstract SyncStory story(WaybillClient client);

    /** After reads of so many files, no request is answered any more. */
    static void cutAfter(FakeBox box, FakeMux mux, int files) {
        AtomicInteger read = new AtomicInteger();
        Function<Seen, FakeServer.@Nullable Answer> api = request -> read.get() > files ? SILENCE : null;
        Function<Seen, FakeServer.@Nullable Answer> bytes = request -> read.incrementAndGet() > files ? SILENCE : null;
        box.first(api);
        mux.first(api);
        box.firstOfBytes(bytes);
        mux.firstOfStream(bytes);
    }

    /** The settings by which a service uses these. */
    static Map<String, String> endpoints(FakeBox box, FakeMux mux) {
        return Map.of(
                "waybill.fetch.allow", "127.0.0.1",
                "waybill.connectors.box.endpoint", box.endpoint(),
                "waybill.connectors.mux.endpoint", mux.endpoint(),
                "waybill.connectors.mux.stream-endpoint", mux.streamEndpoint());
    }

    static SyncStory story(WaybillClient client, String provider, Map<String, ?> settings, String path) {
        Answer connection = connected(client, provider + " " + UUID.randomUUID(), provider, settings);
        return SyncStory.over(client, connection, Map.of("source_path", path));
    }

    static Answer connected(WaybillClient client, String name, String provider, Map<String, ?> settings) {
        Map<String, Object> config = new HashMap<>(settings);
        config.put("provider_type", provider);
        Answer made = client.post(
                "/v1/organizations/connections",
                Map.of("name", name, "provider_type", provider, "provider_config", config));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return made;
    }
}
