package dev.waybill.connectors.s3;

import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContract;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each provider meets the contract on a server that conforms to S3. */
@ParameterizedClass(name = "{0}")
@EnumSource(Provider.class)
class S3SourceTests extends SourceContract {

    private final Provider provider;
    private final FakeS3 server = new FakeS3();
    private final Source source;

    S3SourceTests(Provider provider) {
        this.provider = provider;
        this.source = provider.at(server);
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
                return provider.at(server);
            }

            @Override
            public String bucket() {
                return FakeS3.BUCKET;
            }

            @Override
            public void put(String key, byte[] bytes, Map<String, String> metadata, Map<String, String> tags) {
                server.put(key, bytes, metadata, tags);
            }

            @Override
            public void remove(String key) {
                server.remove(key);
            }

            @Override
            public boolean hasTags() {
                return S3SourceTests.hasTags(provider);
            }
        };
    }

    static boolean hasTags(Provider provider) {
        return switch (provider) {
            case S3, WASABI, TIGRIS -> true;
            case R2, BACKBLAZE, SUPABASE -> false;
        };
    }
}
