package dev.waybill.connectors.gcs;

import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContract;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Google Cloud Storage for the contract tests.
 *
 * @param over wraps each source
 */
record GcsElsewhere(FakeGcs server, Source source, UnaryOperator<Source> over)
        implements SourceContract.Elsewhere, AutoCloseable {

    static GcsElsewhere create(UnaryOperator<Source> over) {
        FakeGcs server = new FakeGcs();
        return new GcsElsewhere(server, over.apply(server.open(Map.of())), over);
    }

    @Override
    public Source another() {
        return over.apply(server.open(Map.of()));
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
    public boolean putPacked(String key, byte[] bytes) {
        server.putPacked(key, bytes);
        return true;
    }

    @Override
    public void remove(String key) {
        server.remove(key);
    }

    @Override
    public boolean hasTags() {
        return false;
    }

    @Override
    public void close() {
        source.close();
        server.close();
    }
}
