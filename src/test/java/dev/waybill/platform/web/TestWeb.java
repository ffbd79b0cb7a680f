package dev.waybill.platform.web;

import dev.waybill.platform.lists.ListParametersResolver;
import java.util.List;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What an application of one module alone needs of the web package. */
public final class TestWeb {

    private TestWeb() {}

    /** Reads the paging of lists. */
    public static WebMvcConfigurer lists() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new ListParametersResolver());
            }
        };
    }
}
