package dev.waybill.platform.errors;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/** In production nothing happens at a fault point; a test that declares its own {@link FaultPoints} wins over this. */
@Configuration(proxyBeanMethods = false)
class NoFaults {

    @Bean
    @Fallback
    FaultPoints nothingHappens() {
        return step -> {};
    }
}
