package dev.waybill.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.waybill.platform.web.FilterOrder;
import java.time.InstantSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the filter and what it asks in their places. */
@Configuration(proxyBeanMethods = false)
class AuthConfiguration {

    @Bean
    KeyCache keyCache(KeySource source, AuthProperties properties) {
        return new KeyCache(source, properties.keyCacheTtl(), Ticker.systemTicker());
    }

    @Bean
    FilterRegistrationBean<AuthFilter> authFilter(
            KeyCache keys, RequestLimits limits, LastUsedTracker lastUsedTracker, InstantSource clock) {
        var registration = new FilterRegistrationBean<>(new AuthFilter(keys, limits, lastUsedTracker, clock));
        registration.setName("authFilter");
        registration.addUrlPatterns("/v1/*");
        registration.setOrder(FilterOrder.AUTHENTICATION);
        return registration;
    }
}
