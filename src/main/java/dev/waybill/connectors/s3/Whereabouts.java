package dev.waybill.connectors.s3;

import java.util.Optional;
import java.util.function.Function;

/** Where a store is, as far as one knows. */
interface Whereabouts {

    /** @param elsewhere the same store in another region */
    static Whereabouts at(S3Place place, Function<String, S3Place> elsewhere) {
        return new Whereabouts() {
            @Override
            public S3Place now() {
                return place;
            }

            @Override
            public S3Place in(String region) {
                return elsewhere.apply(region);
            }

            @Override
            public Optional<S3Place> afresh(S3Place refused) {
                return Optional.empty();
            }
        };
    }

    /** @throws dev.waybill.connectors.SourceException when that cannot be found out */
    S3Place now();

    S3Place in(String region);

    /**
     * Where it is instead, after it refused or was silent; empty when it is nowhere else as far as one knows.
     *
     * @param refused where it was asked
     * @throws dev.waybill.connectors.SourceException when that cannot be found out
     */
    Optional<S3Place> afresh(S3Place refused);
}
