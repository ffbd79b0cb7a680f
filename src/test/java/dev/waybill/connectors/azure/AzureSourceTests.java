package dev.waybill.connectors.azure;

import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContract;
import dev.waybill.connectors.azure.FakeAzure.Credentials;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Azure Blob Storage keeps to the kit, however one shows that one may read it. */
@ParameterizedClass(name = "{0}")
@EnumSource(Credentials.class)
class AzureSourceTests extends SourceContract {

    private final Credentials credentials;
    private final FakeAzure server = new FakeAzure();
    private final Source source;

    AzureSourceTests(Credentials credentials) {
        this.credentials = credentials;
        this.source = server.open(credentials);
    }

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
                return server.open(credentials);
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
            public void remove(String key) {
                server.remove(key);
            }
        };
    }
}
