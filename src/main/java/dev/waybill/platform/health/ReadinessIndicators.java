package dev.waybill.platform.health;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The readiness that a load balancer polls before it sends requests here. Redis is not among it: the service works
 * without.
 */
@Configuration(proxyBeanMethods = false)
class ReadinessIndicators {

    @Bean
    HealthIndicator metadataHealthIndicator(HealthCheck check) {
        return () -> health(check, HealthPart.METADATA);
    }

    @Bean
    HealthIndicator objectStorageHealthIndicator(HealthCheck check) {
        return () -> health(check, HealthPart.OBJECT_STORAGE);
    }

    private static Health health(HealthCheck check, HealthPart part) {
        return (check.recent().isWell(part) ? Health.up() : Health.down()).build();
    }
}
