package dev.waybill.platform.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.local.LocalS3;
import dev.waybill.platform.storage.StorageProbe;
import dev.waybill.platform.storage.StorageProfile;
import dev.waybill.platform.storage.StorageProfile.Answer;
import dev.waybill.platform.storage.StorageProfile.Finding;
import dev.waybill.platform.storage.StorageProfile.Rule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** What the storage probe finds out about known servers. */
class StorageProbeTests {

    @TempDir
    static Path folder;

    private static LocalS3 strict;
    private static LocalS3 lenient;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeAll
    static void start() {
        strict = LocalS3.start(folder.resolve("strict"), 0);
        lenient = LocalS3.lenient(folder.resolve("lenient"), 0);
    }

    @AfterAll
    static void stop() {
        strict.close();
        lenient.close();
    }

    @Test
    void aServerLikeAwsEnforcesWhatUrlsRelyOn() {
        StorageProfile profile = probed(StorageSettings.of(strict.endpoint()));
        assertThat(profile.findings())
                .hasSize(Rule.values().length)
                .allSatisfy((rule, finding) -> assertThat(finding.answer())
                        .as("%s: %s", rule, finding.sentence())
                        .isEqualTo(rule == Rule.VERSIONING ? Answer.NOT_ENFORCED : Answer.ENFORCED));
        assertThat(profile.leaksThroughCopies()).isFalse();
        assertThat(gauge(Rule.WRITE_ONCE)).isOne();
        assertThat(gauge(Rule.VERSIONING)).isZero();
        assertThat(strict.keys(LocalS3.BUCKET)).isEmpty();
    }

    @Test
    void aServerThatTakesUnsignedHeadersIsFoundOut() {
        StorageProfile profile = probed(StorageSettings.of(lenient.endpoint()));
        assertThat(profile.leaksThroughCopies()).isTrue();
        assertThat(profile.of(Rule.SIGNED_COPY_SOURCE).sentence()).contains("It copied an object");
        assertThat(profile.of(Rule.SIGNED_ACL))
                .isEqualTo(new Finding(
                        Answer.NOT_ENFORCED, "It made an object public for an x-amz-acl that was not signed."));
        assertThat(profile.of(Rule.CONTENT_TYPE).answer()).isEqualTo(Answer.ENFORCED);
        assertThat(gauge(Rule.SIGNED_COPY_SOURCE)).isZero();
        assertThat(lenient.keys(LocalS3.BUCKET)).isEmpty();
    }

    @Test
    void anUploadCredentialEndsTheLeak() {
        StorageProfile profile = probed(StorageSettings.of(lenient.endpoint())
                .uploadCredential(LocalS3.UPLOAD_ACCESS_KEY_ID, LocalS3.UPLOAD_SECRET_ACCESS_KEY));
        assertThat(profile.leaksThroughCopies()).isFalse();
        assertThat(profile.of(Rule.SIGNED_COPY_SOURCE).answer()).isEqualTo(Answer.ENFORCED);
        assertThat(profile.of(Rule.SHA256).answer()).isEqualTo(Answer.ENFORCED);
        assertThat(lenient.keys(LocalS3.BUCKET)).isEmpty();
    }

    @Test
    void anUploadCredentialThatMayReadDoesNot() {
        assertThat(probed(StorageSettings.of(lenient.endpoint())
                                .uploadCredential(LocalS3.ACCESS_KEY_ID, LocalS3.SECRET_ACCESS_KEY))
                        .leaksThroughCopies())
                .isTrue();
    }

    @Test
    void refusalsProveNothingWhereARightPutIsRefused() {
        StorageProfile profile = probed(
                StorageSettings.of(strict.endpoint()).uploadCredential(LocalS3.UPLOAD_ACCESS_KEY_ID, "mistyped"));
        assertThat(profile.findings())
                .allSatisfy((rule, finding) -> assertThat(finding)
                        .isEqualTo(
                                new Finding(Answer.UNKNOWN, "A right PUT to a presigned URL was answered with 403.")));
        assertThat(gauge(Rule.CONTENT_TYPE)).isNaN();
        assertThat(strict.keys(LocalS3.BUCKET)).isEmpty();
    }

    @Test
    void aServerThatIsAwayIsUnknown() {
        LocalS3 gone = LocalS3.start(folder.resolve("gone"), 0);
        gone.close();
        StorageProfile profile = probed(StorageSettings.of(gone.endpoint()).attemptTimeout(Duration.ofSeconds(2)));
        assertThat(profile.findings().values()).extracting(Finding::answer).containsOnly(Answer.UNKNOWN);
        assertThat(profile.leaksThroughCopies()).isFalse();
    }

    private StorageProfile probed(StorageSettings settings) {
        StorageProperties properties = settings.build();
        try (S3Client client = S3Clients.open(properties)) {
            StorageProbe probe = new StorageConfiguration()
                    .storageProbe(
                            new S3ObjectStorage(client, properties), properties, InstantSource.system(), registry);
            assertThat(probe.known()).isEmpty();
            assertThat(gauge(Rule.CORS)).isNaN();
            StorageProfile profile = probe.ask();
            assertThat(probe.known()).hasValue(profile);
            keepAlive = probe;
            return profile;
        }
    }

    /** Gauges hold what they measure weakly. */
    private StorageProbe keepAlive;

    private double gauge(Rule rule) {
        return registry.get("waybill.storage.enforced")
                .tag("rule", rule.wire())
                .gauge()
                .value();
    }
}
