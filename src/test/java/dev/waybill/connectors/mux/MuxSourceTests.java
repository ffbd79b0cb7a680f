package dev.waybill.connectors.mux;

import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContract;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Mux meets the contract, with an asset for each file. */
class MuxSourceTests extends SourceContract {

    private final FakeMux mux = new FakeMux();
    private final Source source = mux.open();

    @AfterEach
    void close() {
        source.close();
        mux.close();
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
                return mux.open();
            }

            @Override
            public String bucket() {
                return MuxConnector.ASSETS;
            }

            @Override
            public void put(String key, byte[] bytes, Map<String, String> metadata, Map<String, String> tags) {
                String id = mux.put(key, bytes);
                metadata.values().forEach(value -> mux.change(id, asset -> asset.put("passthrough", value)));
            }

            @Override
            public void remove(String key) {
                mux.delete(FakeMux.id(key));
            }

            @Override
            public boolean keeps(String key) {
                return !key.endsWith("/") && !key.endsWith("_$folder$");
            }

            @Override
            public boolean hasTags() {
                return false;
            }

            @Override
            public String key(String key) {
                return FakeMux.id(key) + "/highest.mp4";
            }

            @Override
            public String id(String key) {
                return FakeMux.id(key) + "/highest";
            }

            @Override
            public boolean hasOrder() {
                return false;
            }

            @Override
            public boolean hasFolders() {
                return false;
            }

            @Override
            public boolean knowsMissingFolders() {
                return true;
            }

            @Override
            public String metadataName() {
                return "Passthrough";
            }
        };
    }
}
