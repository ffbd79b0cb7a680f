package dev.waybill.connectors.s3;

import java.util.Optional;
import java.util.function.Function;

/** Resolves the endpoint of a store. */
interface BucketLocation {

    /** @param inRegion the same store in another region */
    static BucketLocation at(S3Endpoint s3Endpoint, Function<String, S3Endpoint> inRegion) {
        return new BucketLocation() {
            @Override
            public S3Endpoint now() {
                return s3Endpoint;
            }

            @Override
            public S3Endpoint in(String region) {
                return inRegion.apply(region);
            }

            @Override
            public Optional<S3Endpoint> refreshed(S3Endpoint refused) {
                return Optional.empty();
            }
        };
    }

    /** @throws dev.waybill.connectors.SourceException when it cannot be determined */
    S3Endpoint now();

    S3Endpoint in(String region);

    /**
     * Resolves the endpoint again, after the former one rejected a request or did not answer; empty when it is the
     * same.
     *
     * @param refused the endpoint that failed
     * @throws dev.waybill.connectors.SourceException when it cannot be determined
     */
    Optional<S3Endpoint> refreshed(S3Endpoint refused);
}
