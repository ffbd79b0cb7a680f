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
            public Optional<S3Place> afresh() {
                return Optional.empty();
            }
        };
    }

    /** @throws dev.waybill.connectors.SourceException when that cannot be found out */
    S3Place now();

    S3Place in(String region);

    /** Finds out again, after the store refused or was silent; empty where there is nothing to find out. */
    Optional<S3Place> afresh();
}
