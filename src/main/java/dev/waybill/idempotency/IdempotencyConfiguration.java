package dev.waybill.idempotency;

import dev.waybill.platform.web.FilterOrder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Spring configuration of idempotency: the filter and the interceptor. */
@Configuration(proxyBeanMethods = false)
class IdempotencyConfiguration {

    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(IdempotentRequests requests) {
        var registration = new FilterRegistrationBean<>(new IdempotencyFilter(requests));
        registration.setName("idempotencyFilter");
        registration.addUrlPatterns("/v1/*");
        registration.setOrder(FilterOrder.IDEMPOTENCY);
        return registration;
    }

    @Bean
    WebMvcConfigurer idempotencyMvc(IdempotencyInterceptor interceptor) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(interceptor).order(Ordered.LOWEST_PRECEDENCE);
            }
        };
    }
}
