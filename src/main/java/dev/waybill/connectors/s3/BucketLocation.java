package dev.waybill.connectors.s3;

import java.util.Optional;
import java.util.function.Function;

/** Where a store is, as far as one knows. */
interface BucketLocation {

    /** @param elsewhere the same store in another region */
    static BucketLocation at(S3Endpoint place, Function<String, S3Endpoint> elsewhere) {
        return new BucketLocation() {
            @Override
            public S3Endpoint now() {
                return place;
            }

            @Override
            public S3Endpoint in(String region) {
                return elsewhere.apply(region);
            }

            @Override
            public Optional<S3Endpoint> afresh(S3Endpoint refused) {
                return Optional.empty();
            }
        };
    }

    /** @throws dev.waybill.connectors.SourceException when that cannot be found out */
    S3Endpoint now();

    S3Endpoint in(String region);

    /**
     * Where it is instead, after it refused or was silent; empty when it is nowhere else as far as one knows.
     *
     * @param refused where it was asked
     * @throws dev.waybill.connectors.SourceException when that cannot be found out
     */
    Optional<S3Endpoint> afresh(S3Endpoint refused);
}
