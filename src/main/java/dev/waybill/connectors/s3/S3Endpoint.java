package dev.waybill.connectors.s3;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * An endpoint of an S3 store.
 *
 * @param endpoint null for Amazon's own of that region
 * @param region that requests are signed for
 * @param isPathStyle whether buckets are in the path instead of the host
 * @param verifiesTls whether the server's certificate is verified
 */
record S3Endpoint(@Nullable URI endpoint, String region, boolean isPathStyle, boolean verifiesTls) {

    boolean isPlain() {
        return endpoint != null && "http".equalsIgnoreCase(endpoint.getScheme());
    }

    S3Endpoint in(String other) {
        return new S3Endpoint(endpoint, other, isPathStyle, verifiesTls);
    }

    /** For messages. */
    String shown() {
        return endpoint == null
                ? "https://s3.%s.%s"
                        .formatted(
                                region, PartitionMetadata.of(Region.of(region)).dnsSuffix())
                : endpoint.toString();
    }
}
