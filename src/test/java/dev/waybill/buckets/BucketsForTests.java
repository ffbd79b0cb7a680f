package dev.waybill.buckets;

import dev.waybill.auth.NamespaceResolver;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Profile;

/** The buckets module without its HTTP API, for tests of other modules. */
@Configuration
@Profile("buckets-for-tests")
@ComponentScan(
        useDefaultFilters = false,
        includeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = "dev\\.waybill\\.buckets\\.(Buckets|BucketLookup|BucketStore|MissingBucket)"))
public class BucketsForTests {

    @Bean
    NamespaceResolver namespaces() {
        return (organization, identifier) -> Optional.empty();
    }

    @Bean
    Consumer<Bucket> bucketMaker(BucketStore store) {
        return store::insertIfAbsent;
    }
}
