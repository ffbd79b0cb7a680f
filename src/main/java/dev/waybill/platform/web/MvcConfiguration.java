package dev.waybill.platform.web;

import dev.waybill.platform.json.WireEnums;
import dev.waybill.platform.lists.ListParametersResolver;
import dev.waybill.platform.web.bodies.AnyBodyJsonConverter;
import dev.waybill.platform.web.bodies.BodyGate;
import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.ResourceHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.FixedLocaleResolver;
import tools.jackson.databind.json.JsonMapper;

/** Configures Spring MVC: message converters, argument resolvers, interceptors and conversions. */
@Configuration(proxyBeanMethods = false)
class MvcConfiguration implements WebMvcConfigurer {

    /** After all that refuses a request for other reasons; before what reads its body. */
    private static final int BODY_GATE = Ordered.LOWEST_PRECEDENCE - 100;

    private final JsonMapper json;
    private final WebProperties properties;

    MvcConfiguration(JsonMapper json, WebProperties properties) {
        this.json = json;
        this.properties = properties;
    }

    /** Messages are English, whatever the browser prefers: they are part of the contract. */
    @Bean
    LocaleResolver localeResolver() {
        return new FixedLocaleResolver(Locale.ENGLISH);
    }

    /**
     * JSON in, JSON out, and no other format, even when a library for one is about. The converters that stay write
     * pages, files and the API's description.
     */
    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.configureMessageConvertersList(converters -> {
            List<HttpMessageConverter<?>> kept =
                    converters.stream().filter(MvcConfiguration::isKept).toList();
            converters.clear();
            converters.addAll(kept);
            converters.add(new AnyBodyJsonConverter(json));
        });
    }

    private static boolean isKept(HttpMessageConverter<?> converter) {
        return (converter instanceof ByteArrayHttpMessageConverter
                        || converter instanceof StringHttpMessageConverter
                        || converter instanceof ResourceHttpMessageConverter)
                && !(converter instanceof JacksonJsonHttpMessageConverter);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ListParametersResolver());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new BodyGate(properties.maxBodySize())).order(BODY_GATE);
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverterFactory(new WireEnums());
    }
}
