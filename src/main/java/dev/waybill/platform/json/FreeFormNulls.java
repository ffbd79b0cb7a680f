package dev.waybill.platform.json;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Fields of answers that are null are left out; nulls inside maps stay. Maps hold what callers sent, such as metadata,
 * and a null that was sent is returned. The property {@code default-property-inclusion} would drop both.
 */
@Configuration(proxyBeanMethods = false)
class FreeFormNulls {

    @Bean
    JsonMapperBuilderCustomizer keepNullsInMaps() {
        return json -> json.changeDefaultPropertyInclusion(
                inclusion -> inclusion.withValueInclusion(Include.NON_NULL).withContentInclusion(Include.ALWAYS));
    }
}
