package dev.waybill.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.waybill.platform.web.FilterOrder;
import dev.waybill.platform.web.WireName;
import java.time.InstantSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Spring configuration of authentication: the filter and its key cache. */
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

    @Bean
    WebMvcConfigurer authMvc() {
        return new WebMvcConfigurer() {
            @Override
            public void addFormatters(FormatterRegistry registry) {
                // Query parameters hold wire names, and Spring converts only the constants' names.
                registry.addConverter(String.class, UserRole.class, value -> WireName.of(UserRole.class, value));
                registry.addConverter(String.class, UserStatus.class, value -> WireName.of(UserStatus.class, value));
            }
        };
    }
}
