package dev.waybill.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.local.LocalS3;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service does not start on storage that would leak every object to anyone with a URL to PUT. */
class LeakingStorageTests {

    private final Stores stores = Stores.create();

    @TempDir
    Path folder;

    @Test
    void refusesToStartUnlessUrlsAreSignedByACredentialOfTheirOwn() {
        try (LocalS3 lenient = LocalS3.lenient(folder, 0)) {
            Map<String, String> settings = new HashMap<>(Map.of(
                    "S3_ENDPOINT",
                    lenient.endpoint(),
                    "S3_PUBLIC_ENDPOINT",
                    lenient.endpoint(),
                    "S3_BUCKET",
                    LocalS3.BUCKET,
                    "S3_UPLOAD_ACCESS_KEY_ID",
                    "",
                    "S3_UPLOAD_SECRET_ACCESS_KEY",
                    "",
                    "waybill.storage.probe",
                    "true"));
            assertThatThrownBy(() -> ServiceUnderTest.start(stores, settings))
                    .rootCause()
                    .hasMessageContainingAll("Storage copies objects for headers", "Set S3_UPLOAD_ACCESS_KEY_ID");

            settings.put("S3_UPLOAD_ACCESS_KEY_ID", LocalS3.ACCESS_KEY_ID);
            settings.put("S3_UPLOAD_SECRET_ACCESS_KEY", LocalS3.SECRET_ACCESS_KEY);
            assertThatThrownBy(() -> ServiceUnderTest.start(stores, settings))
                    .rootCause()
                    .hasMessageContainingAll("S3_UPLOAD_ACCESS_KEY_ID does not prevent it", "allow it nothing but");

            settings.put("S3_UPLOAD_ACCESS_KEY_ID", LocalS3.UPLOAD_ACCESS_KEY_ID);
            settings.put("S3_UPLOAD_SECRET_ACCESS_KEY", LocalS3.UPLOAD_SECRET_ACCESS_KEY);
            try (ServiceUnderTest service = ServiceUnderTest.start(stores, settings)) {
                Answer health = service.anonymous().get("/v1/health?deep=true");
                assertThat(health.at("/meta/storage_rules/signed_copy_source")).isEqualTo("ENFORCED");
                assertThat(health.at("/meta/storage_rules/versioning")).isEqualTo("NOT_ENFORCED");
            }
        }
    }

    @Test
    void storageThatIsNotProbedIsNotRefused() {
        Answer health = ServiceUnderTest.shared(Map.of("waybill.storage.probe", "false"))
                .anonymous()
                .get("/v1/health?deep=true");
        assertThat(health.json().at("/meta/storage_rules").isObject()).isTrue();
        assertThat(health.json().at("/meta/storage_rules").isEmpty()).isTrue();
    }
}
