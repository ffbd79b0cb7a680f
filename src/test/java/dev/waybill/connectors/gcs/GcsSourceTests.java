package dev.waybill.connectors.gcs;

import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContract;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Google Cloud Storage keeps to the kit. */
class GcsSourceTests extends SourceContract {

    private final FakeGcs server = new FakeGcs();
    private final Source source = server.open(Map.of());

    @AfterEach
    void close() {
        source.close();
        server.close();
    }

    @Override
    protected Elsewhere elsewhere() {
        return new Elsewhere() {
            @Override
            public Source source() {
                return source;
            }

            @Override
            public Source another() {
                return server.open(Map.of());
            }

            @Override
            public String bucket() {
                return FakeGcs.BUCKET;
            }

            @Override
            public void put(String key, byte[] bytes, Map<String, String> metadata, Map<String, String> tags) {
                server.put(key, bytes, Map.of("metadata", metadata));
            }

            @Override
            public void remove(String key) {
                server.remove(key);
            }

            @Override
            public boolean hasTags() {
                return false;
            }
        };
    }
}
