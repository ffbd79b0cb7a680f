package dev.waybill.platform.ids;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one clock of the service: UTC, cut to the millisecond, because MongoDB's dates hold no more. */
@Configuration(proxyBeanMethods = false)
class Clocks {

    @Bean
    @ConditionalOnMissingBean(InstantSource.class)
    InstantSource clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));
    }
}
