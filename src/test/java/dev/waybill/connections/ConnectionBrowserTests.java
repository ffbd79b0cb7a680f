package dev.waybill.connections;

import static dev.waybill.connections.ConnectionFixtures.caller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Permission;
import dev.waybill.connections.FilesResponse.File;
import dev.waybill.connections.FoldersResponse.Folder;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ScriptedSource;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionBrowserTests {

    private static final Caller READER = caller(Permission.READ);

    private final ConnectionFixtures fixtures = new ConnectionFixtures();

    @BeforeEach
    void fill() {
        for (String key : List.of(
                "readme.txt", "videos", "videos/", "videos/a.mp4", "videos/2026/b.mp4", "videos-old/c.mp4", "é/ü/x")) {
            fixtures.script.put(key, key.endsWith("/") ? "" : key);
        }
        fixtures.made("store");
    }

    @AfterEach
    void stop() {
        assertThat(fixtures.script.openSources()).isZero();
        fixtures.close();
    }

    @Test
    void foldersAreWhatKeysHaveInCommonUpToASlash() {
        FoldersResponse root = fixtures.browser.folders(READER, "store", "/");

        assertThat(root.results()).extracting(Folder::path).containsExactly("/videos", "/videos-old", "/é");
        assertThat(root.results()).extracting(Folder::name).containsExactly("videos", "videos-old", "é");
        assertThat(root.results().getFirst().id()).isEqualTo("elsewhere/videos");
        assertThat(root.results().getFirst().mimeType()).isEqualTo("application/vnd.google-apps.folder");
        assertThat(root.parentPath()).isEqualTo("/");
        assertThat(root.folders()).isEqualTo(root.results());
        assertThat(root.truncated()).isFalse();
    }

    @Test
    void whatAnAnswerCallsAPathIsOne() {
        for (String path : List.of("/videos", "videos", "/videos/", "scripted://elsewhere/videos")) {
            FoldersResponse inside = fixtures.browser.folders(READER, "store", path);
            assertThat(inside.results()).as(path).extracting(Folder::name).containsExactly("2026");
            String deeper = inside.results().getFirst().path();
            assertThat(fixtures.browser.files(READER, "store", deeper, 10).results())
                    .extracting(File::name)
                    .containsExactly("b.mp4");
        }
    }

    @Test
    void filesAreThoseOfTheFolderItself() {
        FilesResponse files = fixtures.browser.files(READER, "store", "/videos", 10);

        assertThat(files.results()).extracting(File::name).containsExactly("a.mp4");
        File only = files.results().getFirst();
        assertThat(only.id()).isEqualTo("elsewhere/videos/a.mp4");
        assertThat(only.path()).isEqualTo("/videos/a.mp4");
        assertThat(only.mimeType()).isEqualTo("video/mp4");
        assertThat(only.size()).isEqualTo("videos/a.mp4".length());
        assertThat(only.modifiedAt()).isNotNull();
        assertThat(fixtures.browser.files(READER, "store", "/", 10).results())
                .extracting(File::name)
                .containsExactly("readme.txt", "videos");
    }

    @Test
    void moreFilesThanRequestedAreReportedAsTruncated() {
        assertThat(fixtures.browser.files(READER, "store", "/", 1).truncated()).isTrue();
        assertThat(fixtures.browser.files(READER, "store", "/", 1).results()).hasSize(1);
        assertThat(fixtures.browser.files(READER, "store", "/", 2).truncated()).isFalse();
    }

    @Test
    void aPathThatIsNotThereHasNothing() {
        assertThat(fixtures.browser.folders(READER, "store", "/nowhere/at/all").results())
                .isEmpty();
        assertThat(fixtures.browser.files(READER, "store", "/vid", 10).results())
                .isEmpty();
        assertThat(fixtures.browser
                        .files(READER, "store", "scripted://nobucket/x", 10)
                        .results())
                .isEmpty();
    }

    @Test
    void aFullStoreIsWalkedUpToABound() {
        fixtures.script.pagesOf(1);
        for (int i = 0; i < ConnectionBrowser.MAX_PAGES + 5; i++) {
            fixtures.script.put("a/%03d".formatted(i), "x");
        }
        int before = fixtures.script.calls(Call.LIST);

        FoldersResponse root = fixtures.browser.folders(READER, "store", "/");

        assertThat(root.results()).extracting(Folder::name).containsExactly("a");
        assertThat(root.truncated()).isTrue();
        assertThat(fixtures.script.calls(Call.LIST) - before).isEqualTo(ConnectionBrowser.MAX_PAGES);
    }

    @Test
    void aStoreThatRefusesSaysWhy() {
        fixtures.script.on(Call.LIST).fails(Diagnosis.ACCESS_DENIED);

        assertThatThrownBy(() -> fixtures.browser.folders(READER, "store", "/"))
                .asInstanceOf(type(WaybillException.class))
                .returns(ErrorCode.CONNECTION_FAILED, WaybillException::code)
                .satisfies(failure -> assertThat(failure.details()).containsEntry("diagnosis", "ACCESS_DENIED"));
    }

    /** Nothing lists an account's buckets; where the settings name none, the path does. */
    @Test
    void withoutABucketThePathBeginsWithOne() {
        Map<String, Object> settings = new LinkedHashMap<>(ScriptedSource.settings());
        settings.remove("bucket_name");
        fixtures.connections.findOrCreate(
                caller(Permission.ADMIN), ScriptedSource.PROVIDER, settings, "account", "body.config");

        assertThat(fixtures.browser.folders(READER, "account", "/").results()).isEmpty();
        assertThat(fixtures.browser.folders(READER, "account", "/elsewhere").results())
                .extracting(Folder::path)
                .contains("/elsewhere/videos");
        assertThat(fixtures.browser
                        .files(READER, "account", "/elsewhere/videos", 10)
                        .results())
                .extracting(File::path)
                .containsExactly("/elsewhere/videos/a.mp4");
    }
}
