package dev.waybill.connectors.box;

import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContract;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** Box meets the contract, as far as it accepts the names. */
class BoxSourceTests extends SourceContract {

    /** Names that Box refuses, one that is a folder's as well, and one that stands for a folder elsewhere. */
    private static final Set<String> NOT_KEPT =
            Set.of("a//b", "./a", "../a", "trailing ", "u\u0001", "videos", "b_$folder$");

    private final FakeBox box = new FakeBox();
    private final Source source = box.open(FakeBoxTokens.clientCredentials());

    @AfterEach
    void close() {
        source.close();
        box.close();
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
                return box.open(FakeBoxTokens.clientCredentials());
            }

            @Override
            public String bucket() {
                return FakeBox.ALL_FILES;
            }

            @Override
            public void put(String key, byte[] bytes, Map<String, String> metadata, Map<String, String> tags) {
                box.put(key, bytes, metadata.getOrDefault(metadataName(), ""));
            }

            @Override
            public void remove(String key) {
                box.trash(key);
            }

            @Override
            public boolean keeps(String key) {
                return !NOT_KEPT.contains(key) && !key.endsWith("/");
            }

            @Override
            public boolean hasTags() {
                return false;
            }

            @Override
            public String id(String key) {
                return box.id(key);
            }

            @Override
            public boolean hasOrder() {
                return false;
            }

            @Override
            public boolean knowsMissingFolders() {
                return true;
            }

            @Override
            public boolean keepsVersions() {
                return true;
            }

            @Override
            public String metadataName() {
                return "Description";
            }
        };
    }
}
