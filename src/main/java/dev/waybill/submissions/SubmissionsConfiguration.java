package dev.waybill.submissions;

import dev.waybill.agents.AgentService;
import dev.waybill.platform.ratelimit.RateLimiter;
import dev.waybill.platform.web.ErrorRenderers;
import dev.waybill.platform.web.FilterOrder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers the filter of the agents' API. */
@Configuration(proxyBeanMethods = false)
class SubmissionsConfiguration {

    @Bean
    FilterRegistrationBean<AgentFilter> agentFilter(
            AgentService agents, RateLimiter limiter, SubmissionsProperties properties, ErrorRenderers failures) {
        FilterRegistrationBean<AgentFilter> registration =
                new FilterRegistrationBean<>(new AgentFilter(agents, limiter, properties, failures));
        registration.addUrlPatterns("/api/agents/*");
        registration.setOrder(FilterOrder.AUTHENTICATION);
        return registration;
    }
}
