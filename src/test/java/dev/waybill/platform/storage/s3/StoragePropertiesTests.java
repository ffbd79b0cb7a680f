package dev.waybill.platform.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.storage.MultipartStorage;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.PartTerms;
import dev.waybill.platform.storage.PutTerms;
import dev.waybill.platform.storage.UrlSigner;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.s3.S3Client;

class StoragePropertiesTests {

    private static final Map<String, String> NEEDED =
            Map.of("bucket", "files", "access-key-id", "key", "secret-access-key", "hidden");

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withUserConfiguration(StorageConfiguration.class, Settings.class)
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean(InstantSource.class, InstantSource::system);

    @Test
    void littleIsNeeded() {
        with(NEEDED)
                .run(started -> assertThat(started.getBean(StorageProperties.class))
                        .isEqualTo(new StorageProperties(
                                null,
                                null,
                                "us-east-1",
                                "files",
                                "key",
                                "hidden",
                                null,
                                null,
                                null,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(10),
                                128,
                                true))
                        .satisfies(properties -> {
                            assertThat(properties.usesPathStyle()).isFalse();
                            assertThat(properties.endpointForClients()).isNull();
                        }));
    }

    @Test
    void everythingCanBeSet() {
        context.withPropertyValues(
                        "waybill.storage.endpoint=http://minio:9000",
                        "waybill.storage.public-endpoint=https://files.example.com",
                        "waybill.storage.region=eu-central-1",
                        "waybill.storage.bucket=files",
                        "waybill.storage.access-key-id=key",
                        "waybill.storage.secret-access-key=hidden",
                        "waybill.storage.upload-access-key-id=uploads",
                        "waybill.storage.upload-secret-access-key=hidden too",
                        "waybill.storage.path-style=false",
                        "waybill.storage.connect-timeout=1s",
                        "waybill.storage.attempt-timeout=4s",
                        "waybill.storage.request-timeout=20s",
                        "waybill.storage.max-connections=7",
                        "waybill.storage.probe=false")
                .run(started -> assertThat(started.getBean(StorageProperties.class))
                        .isEqualTo(new StorageProperties(
                                "http://minio:9000",
                                "https://files.example.com",
                                "eu-central-1",
                                "files",
                                "key",
                                "hidden",
                                "uploads",
                                "hidden too",
                                false,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(20),
                                7,
                                false))
                        .satisfies(properties -> {
                            assertThat(properties.usesPathStyle()).isFalse();
                            assertThat(properties.endpointForClients()).isEqualTo("https://files.example.com");
                        }));
    }

    @Test
    void anEndpointMeansPathStyle() {
        with(NEEDED)
                .withPropertyValues(
                        "waybill.storage.endpoint=http://localhost:9000", "waybill.storage.public-endpoint=")
                .run(started -> {
                    StorageProperties properties = started.getBean(StorageProperties.class);
                    assertThat(properties.usesPathStyle()).isTrue();
                    assertThat(properties.endpointForClients()).isEqualTo("http://localhost:9000");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "bucket, '', S3_BUCKET",
        "bucket, a/b, S3_BUCKET",
        "region, '', S3_REGION",
        "access-key-id, '', S3_ACCESS_KEY_ID",
        "secret-access-key, '', S3_SECRET_ACCESS_KEY",
        "upload-access-key-id, uploads, S3_UPLOAD_SECRET_ACCESS_KEY",
        "upload-secret-access-key, secret, S3_UPLOAD_ACCESS_KEY_ID",
        "endpoint, localhost:9000, S3_ENDPOINT",
        "endpoint, http://host?query, S3_ENDPOINT",
        "public-endpoint, ftp://host, S3_PUBLIC_ENDPOINT",
        "max-connections, 0, maxConnections",
        "attempt-timeout, 0s, attemptTimeout"
    })
    void whatIsWrongIsNamed(String name, String value, String variable) {
        with(NEEDED).withPropertyValues("waybill.storage." + name + "=" + value).run(started -> {
            assertThat(started).hasFailed();
            Stream<String> messages = Stream.iterate(started.getStartupFailure(), e -> e != null, Throwable::getCause)
                    .map(Throwable::toString);
            assertThat(messages).anyMatch(message -> message.contains(variable));
        });
    }

    @Test
    void blankUploadCredentialsAreNone() {
        with(NEEDED)
                .withPropertyValues(
                        "waybill.storage.upload-access-key-id=", "waybill.storage.upload-secret-access-key= ")
                .run(started -> {
                    assertThat(started.getBean(StorageProperties.class).uploadAccessKeyId())
                            .isNull();
                    assertThat(started.getBean(UrlSigner.class)).isInstanceOf(SigV4UrlSigner.class);
                });
    }

    @Test
    void whatWritesIsSignedByTheUploadCredential() {
        Duration minute = Duration.ofMinutes(1);
        ObjectKey key = new ObjectKey("staging/a");
        with(NEEDED)
                .withPropertyValues(
                        "waybill.storage.upload-access-key-id=uploads",
                        "waybill.storage.upload-secret-access-key=hidden too")
                .run(started -> {
                    UrlSigner signer = started.getBean(UrlSigner.class);
                    assertThat(signer.put(new PutTerms(key, "a/b", minute, null, null, false))
                                    .url())
                            .contains("X-Amz-Credential=uploads%2F");
                    assertThat(signer.part(new PartTerms(key, "id", 1, minute, null))
                                    .url())
                            .contains("X-Amz-Credential=uploads%2F");
                    assertThat(signer.get(key, minute, null).url()).contains("X-Amz-Credential=key%2F");
                });
    }

    @Test
    void theSecretIsNotShown() {
        with(NEEDED)
                .withPropertyValues(
                        "waybill.storage.upload-access-key-id=uploads",
                        "waybill.storage.upload-secret-access-key=hidden too")
                .run(started -> assertThat(started.getBean(StorageProperties.class))
                        .asString()
                        .contains("files", "secretAccessKey=***", "uploads", "uploadSecretAccessKey=***")
                        .doesNotContain("hidden"));
    }

    @Test
    void thePartsArePutTogether() {
        with(NEEDED)
                .withPropertyValues("waybill.storage.public-endpoint=https://files.example.com")
                .run(started -> {
                    assertThat(started.getBean(ObjectStorage.class))
                            .hasToString("MeteredObjectStorage{S3ObjectStorage{files}}");
                    assertThat(started.getBean(MultipartStorage.class))
                            .hasToString("MeteredMultipartStorage{S3MultipartStorage{files}}");
                    assertThat(started).hasSingleBean(S3Client.class);
                    assertThat(started.getBean(UrlSigner.class)
                                    .get(new ObjectKey("a"), Duration.ofMinutes(1), null)
                                    .url())
                            .startsWith("https://files.files.example.com/a?");
                });
    }

    private ApplicationContextRunner with(Map<String, String> settings) {
        return context.withPropertyValues(settings.entrySet().stream()
                .map(e -> "waybill.storage." + e.getKey() + "=" + e.getValue())
                .toArray(String[]::new));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(StorageProperties.class)
    static class Settings {}
}
