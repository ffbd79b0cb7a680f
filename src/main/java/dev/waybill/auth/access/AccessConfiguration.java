package dev.waybill.auth.access;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Spring configuration of access control: the table, the interceptor and the argument resolver. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    AccessTable accessTable() {
        return new AccessTable(AccessTable.waybill());
    }

    @Bean
    WebMvcConfigurer accessMvc(AccessInterceptor access, CallerArgumentResolver callers) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(access);
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(callers);
            }
        };
    }
}
