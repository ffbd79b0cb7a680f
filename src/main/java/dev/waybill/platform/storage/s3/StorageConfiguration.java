package dev.waybill.platform.storage.s3;

import dev.waybill.platform.storage.MultipartStorage;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageProbe;
import dev.waybill.platform.storage.StorageTimers;
import dev.waybill.platform.storage.UrlSigner;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.s3.S3Client;

/** The beans of object storage: the bucket behind its timers, and the signer for the host that clients know. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

    @Bean(destroyMethod = "close")
    S3Client s3Client(StorageProperties properties) {
        return S3Clients.open(properties);
    }

    @Bean
    ObjectStorage objectStorage(S3Client client, StorageProperties properties, MeterRegistry registry) {
        return new StorageTimers(registry).around(ObjectStorage.class, new S3ObjectStorage(client, properties), "");
    }

    @Bean
    MultipartStorage multipartStorage(
            S3Client client, StorageProperties properties, ObjectStorage objects, MeterRegistry registry) {
        return new StorageTimers(registry)
                .around(MultipartStorage.class, new S3MultipartStorage(client, properties, objects), "multipart_");
    }

    @Bean
    StorageProbe storageProbe(
            ObjectStorage objects, StorageProperties properties, InstantSource clock, MeterRegistry registry) {
        return new StorageProbe(
                () -> StorageProbeRun.probeAll(objects, properties, clock),
                properties.probe(),
                properties.uploadAccessKeyId() != null,
                clock,
                registry);
    }

    /**
     * Storage judges URLs by a clock of its own. Of the two that are at hand, the database's is better than the
     * machine's: it is one for all instances, so that none alone issues URLs that fail, and rows store by it when their
     * URLs expire.
     */
    @Bean
    UrlSigner urlSigner(StorageProperties properties, InstantSource clock) {
        BucketAddress address = BucketAddress.of(
                properties.endpointForClients(), properties.region(), properties.bucket(), properties.usesPathStyle());
        return signer(address, properties, clock);
    }

    /** As the settings say it, for a bucket at this address. */
    static UrlSigner signer(BucketAddress address, StorageProperties properties, InstantSource clock) {
        String region = properties.region();
        UrlSigner downloads =
                new SigV4UrlSigner(address, region, properties.accessKeyId(), properties.secretAccessKey(), clock);
        String accessKeyId = properties.uploadAccessKeyId();
        String secret = properties.uploadSecretAccessKey();
        if (accessKeyId == null || secret == null) {
            return downloads;
        }
        return new TwoCredentialsUrlSigner(new SigV4UrlSigner(address, region, accessKeyId, secret, clock), downloads);
    }
}
