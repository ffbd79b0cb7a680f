package dev.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.errors.InvalidRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketPathsTests {

    private static final BucketPaths PATHS = new BucketPaths(List.of("s3"), Pattern.compile("[a-z0-9-]+"));

    @ParameterizedTest
    @CsvSource({
        // without a bucket in the connection
        ", '', b, b, '', true",
        ", '', b/, b, '', true",
        ", '', /b/videos, b, videos, true",
        ", '', b/videos/, b, videos/, true",
        ", '', s3://b/videos, b, videos, true",
        ", '', S3://b, b, '', true",
        ", '', b/videos*, b, videos, false",
        ", '', b/*, b, '', true",
        ", '', b//videos, b, /videos, true",
        ", '', 'b/a b%20+c ', b, 'a b%20+c ', true",
        ", team, b/videos, b, team/videos, true",
        // with a bucket in the connection
        "own, '', '', own, '', true",
        "own, '', /, own, '', true",
        "own, '', /videos/, own, videos/, true",
        "own, '', videos, own, videos, true",
        "own, '', own, own, '', true",
        "own, '', own/videos, own, videos, true",
        "own, '', s3://other/videos, other, videos, true",
        "own, '', video*, own, video, false",
        // with a bucket and a prefix
        "own, team, '', own, team, true",
        "own, team, videos, own, team/videos, true",
        "own, team/, videos, own, team/videos, true",
        "own, team, own, own, team, true",
        "own, team, own/team/videos, own, team/videos, true",
        "own, team, team, own, team/team, true",
        "own, team, own/teams, own, team/teams, true",
        "own, team, s3://other/videos, other, videos, true",
    })
    void pathsAreReadAsTheyAreWritten(
            @Nullable String bucket, String prefix, String path, String container, String below, boolean isFolder) {
        assertThat(PATHS.read(bucket, prefix, path)).isEqualTo(new SourcePath(container, below, isFolder));
    }

    @ParameterizedTest
    @CsvSource({"''", "/", "s3://", "gs://b/videos", "B!/videos", "../videos"})
    void othersAreRefusedWithTheGrammar(String path) {
        assertThatThrownBy(() -> PATHS.read(null, "", path))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("source_path")
                .hasMessageContaining("bucket/folder");
    }

    @Test
    void aStoreMayHaveSeveralSchemes() {
        BucketPaths paths = new BucketPaths(List.of("r2", "s3"), Pattern.compile("[a-z0-9-]+"));
        SourcePath videos = new SourcePath("b", "videos", true);

        assertThat(paths.read(null, "", "r2://b/videos")).isEqualTo(videos);
        assertThat(paths.read(null, "", "S3://b/videos")).isEqualTo(videos);
        assertThatThrownBy(() -> paths.read(null, "", "b2://b/videos"))
                .hasMessageContaining("r2:// or s3://")
                .hasMessageContaining("r2://bucket/folder");
    }

    @Test
    void aPathLongerThanAnyKeyIsRefused() {
        assertThatThrownBy(() -> PATHS.read(null, "", "b/" + "k".repeat(1_025))).isInstanceOf(InvalidRequest.class);
    }
}
