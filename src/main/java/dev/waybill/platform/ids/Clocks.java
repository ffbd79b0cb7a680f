package dev.waybill.platform.ids;

import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one clock of the service, and of all others on the same database. */
@Configuration(proxyBeanMethods = false)
class Clocks {

    @Bean
    @ConditionalOnMissingBean
    DatabaseClock databaseClock() {
        return new DatabaseClock(InstantSource.system());
    }

    @Bean
    @ConditionalOnMissingBean
    InstantSource clock(DatabaseClock database) {
        return database::instant;
    }
}
