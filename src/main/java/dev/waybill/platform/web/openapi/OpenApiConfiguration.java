package dev.waybill.platform.web.openapi;

import static java.util.Comparator.comparingInt;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FailureTranslator;
import dev.waybill.platform.errors.WaybillException;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import jakarta.servlet.DispatcherType;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springdoc.api.OpenApiResourceNotFoundException;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.filters.OpenApiMethodFilter;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.properties.SwaggerUiConfigParameters;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.providers.SpringWebProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springdoc.webmvc.ui.SwaggerWelcomeWebMvc;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.UriComponentsBuilder;

/** The OpenAPI document itself: title, security, shared parts; and where it is served. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration implements WebMvcConfigurer {

    private static final List<Class<? extends Annotation>> FROM_THE_CLIENT =
            List.of(RequestBody.class, RequestParam.class, PathVariable.class, RequestHeader.class);

    /** What people try. */
    private static final List<String> DOCS_BY_OTHER_NAMES =
            List.of("/", "/docs/", "/swagger-ui", "/swagger-ui/", "/swagger-ui.html");

    /** In the order in which one needs them. */
    private static final List<String> TAGS = List.of(
            "Namespaces",
            "Buckets",
            "Uploads",
            "Objects",
            "Batches",
            "Collections",
            "Documents",
            "Tasks",
            "Webhooks",
            "Connections",
            "Syncs",
            "Sync history",
            "Organizations",
            "Users",
            "API keys",
            "Agents",
            "Projects",
            "Storage",
            "Health");

    private static final String DESCRIPTION = """
            Waybill takes files in. Ask for an upload, PUT the bytes to the presigned URL, confirm it: Waybill verifies \
            what really lies in storage and writes a bucket object.

            Send your key as `Authorization: Bearer sk_...`. Buckets and all that lies in them also need a namespace, by \
            id or name: `X-Namespace`, or `?namespace=`. Wherever a path takes an identifier, id and name both work.

            Bodies are JSON in snake_case. Unknown fields are ignored, wrong types are refused, and fields without a \
            value are left out of answers. Times are RFC 3339 in UTC. Every error has the same envelope.""";

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info().title("Waybill").version("1.0").description(DESCRIPTION))
                .addServersItem(new Server().url("/").description("The server that serves this document"))
                .addSecurityItem(new SecurityRequirement().addList(CommonParts.SECURITY_SCHEME))
                .components(CommonParts.components());
    }

    @Bean
    OpenApiCustomizer errorSchemas() {
        return document -> CommonParts.errorSchemas().forEach(document.getComponents()::addSchemas);
    }

    /** Others come last. */
    @Bean
    OpenApiCustomizer orderedTags() {
        Comparator<Tag> order =
                comparingInt(tag -> TAGS.contains(tag.getName()) ? TAGS.indexOf(tag.getName()) : TAGS.size());
        return document -> {
            if (document.getTags() != null) {
                document.setTags(document.getTags().stream()
                        .sorted(order.thenComparing(Tag::getName))
                        .toList());
            }
        };
    }

    /** In every document: contact and licence, which linters require. */
    @Bean
    GlobalOpenApiCustomizer publisher() {
        return document -> document.getInfo()
                .contact(new Contact().name("The operator of this service"))
                .license(new License().name("All rights reserved").identifier("LicenseRef-all-rights-reserved"));
    }

    /** Other APIs have documents of their own. Not by a setting: that would hold for theirs as well. */
    @Bean
    OpenApiMethodFilter firstApi() {
        return method -> {
            RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
            return mapping != null && Arrays.stream(mapping.path()).anyMatch(path -> path.startsWith("/v1/"));
        };
    }

    @Bean
    FailureTranslator unknownDocument() {
        return failure -> failure instanceof OpenApiResourceNotFoundException
                ? Optional.of(new WaybillException(
                        ErrorCode.NO_SUCH_PATH, "There is no such document; /openapi.json describes this API."))
                : Optional.empty();
    }

    /** Documents and the page's parts get an ETag of their content. Weak, as they may be packed on their way. */
    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> documentTags() {
        ShallowEtagHeaderFilter filter = new ShallowEtagHeaderFilter();
        filter.setWriteWeakETag(true);
        FilterRegistrationBean<ShallowEtagHeaderFilter> registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns("/v3/api-docs", "/v3/api-docs.yaml", "/v3/api-docs/*", "/swagger-ui/*");
        // The documents' own names lead there, and what goes out is written when that ends.
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.FORWARD);
        return registration;
    }

    /** The document's own library has a Jackson of its own, which must name things as ours does. */
    @Bean
    WireModelResolver wireModelResolver(ObjectMapperProvider mappers) {
        return new WireModelResolver(
                mappers.jsonMapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
    }

    /**
     * Arguments that a resolver makes are nothing that a client sends. Only our own handlers count: others take plain
     * types in this way, such as strings, which would vanish everywhere.
     */
    @Bean
    SmartInitializingSingleton hiddenArguments(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        return () -> mapping.getHandlerMethods().values().stream()
                .filter(method -> method.getBeanType().getPackageName().startsWith("dev.waybill"))
                .flatMap(method -> Arrays.stream(method.getMethodParameters()))
                .filter(parameter -> FROM_THE_CLIENT.stream().noneMatch(parameter::hasParameterAnnotation))
                .map(MethodParameter::getParameterType)
                .distinct()
                .forEach(SpringDocUtils.getConfig()::addRequestWrapperToIgnore);
    }

    /**
     * The page's settings, without the URL that would be built from the Host header: whoever sets that header would say
     * where it leads, and nobody logs in with OAuth here.
     */
    @Bean
    SwaggerWelcomeWebMvc swaggerWelcome(
            SwaggerUiConfigProperties page, SpringDocConfigProperties document, ObjectProvider<SpringWebProvider> web) {
        return new SwaggerWelcomeWebMvc(page, document, web) {
            @Override
            protected void calculateOauth2RedirectUrl(SwaggerUiConfigParameters settings, UriComponentsBuilder url) {
                // none
            }
        };
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/openapi.json").setViewName("forward:/v3/api-docs");
        registry.addViewController("/openapi/submissions.json").setViewName("forward:/v3/api-docs/submissions");
        DOCS_BY_OTHER_NAMES.forEach(name -> registry.addRedirectViewController(name, "/docs"));
    }
}
