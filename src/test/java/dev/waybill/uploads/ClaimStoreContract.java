package dev.waybill.uploads;

import static dev.waybill.uploads.UploadFixtures.BUCKET;
import static dev.waybill.uploads.UploadFixtures.NOW;
import static dev.waybill.uploads.UploadFixtures.OTHER_SCOPE;
import static dev.waybill.uploads.UploadFixtures.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.buckets.BucketId;
import dev.waybill.uploads.ClaimStore.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of claims keeps to. */
abstract class ClaimStoreContract {

    private static final String CONTENT = "sha256:" + "ab".repeat(32);

    /** An empty one. */
    abstract ClaimStore store();

    private static Claim claim(String upload) {
        return claim(upload, CONTENT);
    }

    private static Claim claim(String upload, String content) {
        return new Claim(SCOPE, BUCKET, content, new UploadId(upload), NOW);
    }

    @Test
    void theFirstClaimHoldsAndMayBeRepeated() {
        assertThat(store().claim(claim("upl_a"))).isEmpty();
        assertThat(store().claim(claim("upl_a"))).isEmpty();
        assertThat(store().claim(claim("upl_b"))).contains(claim("upl_a"));
    }

    @Test
    void otherBucketsAndScopesHaveTheirOwn() {
        store().claim(claim("upl_a"));

        assertThat(store().claim(new Claim(OTHER_SCOPE, BUCKET, CONTENT, new UploadId("upl_b"), NOW)))
                .isEmpty();
        assertThat(store().claim(new Claim(SCOPE, new BucketId("bkt_other"), CONTENT, new UploadId("upl_c"), NOW)))
                .isEmpty();
    }

    @Test
    void ofManyAtOnceOneWins() throws Exception {
        int won = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Optional<Claim>>> tries = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String upload = "upl_" + i;
                tries.add(() -> store().claim(claim(upload)));
            }
            for (Future<Optional<Claim>> holder : threads.invokeAll(tries)) {
                won += holder.get().isEmpty() ? 1 : 0;
            }
        }
        assertThat(won).isOne();
    }

    @Test
    void manyAreMadeInOneGoAndThoseInTheWayAreTold() {
        store().claim(claim("upl_a", "md5:1"));

        Map<String, Claim> others = store().claimAll(
                        SCOPE,
                        BUCKET,
                        List.of(
                                claim("upl_b", "md5:1"),
                                claim("upl_c", "md5:2"),
                                claim("upl_d", "md5:2"),
                                claim("upl_e", "md5:3")));

        assertThat(others.get("md5:1").upload()).isEqualTo(new UploadId("upl_a"));
        assertThat(others.get("md5:2").upload()).isEqualTo(new UploadId("upl_c"));
        assertThat(others).doesNotContainKey("md5:3");
        assertThat(store().find(SCOPE, BUCKET, "md5:3")).contains(claim("upl_e", "md5:3"));
    }

    @Test
    void onlyTheHolderIsReplaced() {
        store().claim(claim("upl_a"));

        assertThat(store().takeOver(claim("upl_b"), claim("upl_c"))).isFalse();
        assertThat(store().takeOver(claim("upl_a"), claim("upl_c"))).isTrue();
        assertThat(store().find(SCOPE, BUCKET, CONTENT)).contains(claim("upl_c"));
    }

    @Test
    void aBucketsClaimsGoTogether() {
        store().claim(claim("upl_a", "md5:1"));
        store().claim(claim("upl_b", "md5:2"));

        store().removeAll(SCOPE, BUCKET);

        assertThat(store().findAll(SCOPE, BUCKET, List.of("md5:1", "md5:2"))).isEmpty();
    }
}
