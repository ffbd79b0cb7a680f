package dev.waybill.connectors.azure;

import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContract;
import dev.waybill.connectors.azure.FakeAzure.Credentials;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Azure Blob Storage for the contract tests.
 *
 * @param over wraps each source
 */
record AzureElsewhere(FakeAzure server, Credentials credentials, Source source, UnaryOperator<Source> over)
        implements SourceContract.Elsewhere, AutoCloseable {

    static AzureElsewhere create(Credentials credentials, UnaryOperator<Source> over) {
        FakeAzure server = new FakeAzure();
        return new AzureElsewhere(server, credentials, over.apply(server.open(credentials)), over);
    }

    @Override
    public Source another() {
        return over.apply(server.open(credentials));
    }

    @Override
    public String bucket() {
        return FakeAzure.CONTAINER;
    }

    @Override
    public void put(String key, byte[] bytes, Map<String, String> metadata, Map<String, String> tags) {
        server.put(key, bytes, metadata, tags);
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
    public String key(String key) {
        return server.called(key);
    }

    @Override
    public void close() {
        source.close();
        server.close();
    }
}
