package dev.waybill.accounts;

import static org.springframework.web.bind.annotation.RequestMethod.DELETE;
import static org.springframework.web.bind.annotation.RequestMethod.GET;
import static org.springframework.web.bind.annotation.RequestMethod.POST;

import dev.waybill.auth.AuthProperties;
import dev.waybill.auth.BucketResolver;
import dev.waybill.auth.Caller;
import dev.waybill.auth.NamespaceResolver;
import dev.waybill.auth.Permission;
import dev.waybill.auth.access.AccessRow;
import dev.waybill.auth.access.AccessTable;
import dev.waybill.auth.access.Level;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.ratelimit.MemoryCounter;
import dev.waybill.platform.ratelimit.RateLimiter;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.platform.web.FilterOrder;
import dev.waybill.platform.web.TestWeb;
import dev.waybill.testing.MovedClock;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Primary;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/**
 * This module alone behind a real web server: its own beans, with the smallest stubs for the modules around it. No
 * {@code @Configuration}, and its controllers only on request, lest the whole application finds it when it scans.
 */
@EnableAutoConfiguration
@EnableConfigurationProperties(AuthProperties.class)
@ComponentScan(
        basePackageClasses = {Caller.class, Bootstrap.class, RateLimiter.class},
        excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.RedisCounter"))
@ComponentScan(
        basePackages = "dev.waybill.platform.lists",
        useDefaultFilters = false,
        includeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.ListBodies"))
class AuthApplication {

    static final String ONLY_HERE = "waybill.test.auth-probe";

    private static final Map<String, Integer> STATUS = Map.of(
            "UNAUTHORIZED",
            401,
            "FORBIDDEN",
            403,
            "NOT_FOUND",
            404,
            "ALREADY_EXISTS",
            409,
            "CONFLICT",
            409,
            "TOO_MANY_REQUESTS",
            429,
            "VALIDATION",
            422,
            "UNAVAILABLE",
            503,
            "BAD_REQUEST",
            400);

    @Bean
    MovedClock movedClock() {
        return new MovedClock();
    }

    @Bean
    IdGenerator idGenerator(InstantSource clock) {
        return new IdGenerator(clock);
    }

    @Bean
    MongoCustomConversions conversions() {
        return TestMongo.conversions();
    }

    @Bean
    WebMvcConfigurer lists() {
        return TestWeb.lists();
    }

    @Bean
    MongoPages pages(MongoTemplate template) {
        return TestMongo.pages(template);
    }

    @Bean
    MemoryCounter sharedCounter() {
        return new MemoryCounter();
    }

    /** Maps what filters throw to responses, as platform.web does. */
    @Bean
    FilterRegistrationBean<Filter> failureFilter(JsonMapper json) {
        var registration = new FilterRegistrationBean<Filter>((request, response, chain) -> {
            try {
                chain.doFilter(request, response);
            } catch (WaybillException failure) {
                ResponseEntity<Map<String, Object>> answer = render(failure);
                ((HttpServletResponse) response)
                        .setStatus(answer.getStatusCode().value());
                response.setContentType("application/json");
                response.getOutputStream().write(json.writeValueAsBytes(answer.getBody()));
            }
        });
        registration.setOrder(FilterOrder.FAILURES);
        return registration;
    }

    @Bean
    @Primary
    AccessTable rowsWithTheProbes() {
        return new AccessTable(Stream.concat(
                AccessTable.waybill(),
                Stream.of(
                        new AccessRow(GET, "/v1/probe/caller", Permission.READ, Level.ORGANIZATION),
                        new AccessRow(POST, "/v1/probe/write", Permission.WRITE, Level.ORGANIZATION),
                        new AccessRow(GET, "/v1/probe/scope", Permission.READ, Level.BUCKET),
                        new AccessRow(DELETE, "/v1/probe/scope", Permission.DELETE, Level.BUCKET),
                        new AccessRow(
                                GET, "/v1/probe/namespaces/{namespace_identifier}", Permission.READ, Level.NAMESPACE),
                        new AccessRow(GET, "/v1/probe/buckets/{bucket_identifier}", Permission.READ, Level.BUCKET))));
    }

    @Bean
    NamespaceResolver namespaces() {
        return (organization, identifier) -> switch (identifier) {
            case "production", "ns_prod" ->
                Optional.of(new NamespaceResolver.Found(new NamespaceId("ns_prod"), "production"));
            case "staging", "ns_stage" ->
                Optional.of(new NamespaceResolver.Found(new NamespaceId("ns_stage"), "staging"));
            default -> Optional.empty();
        };
    }

    @Bean
    BucketResolver buckets() {
        return (scope, identifier) -> switch (identifier) {
            case "images", "bkt_images" -> Optional.of(new BucketResolver.Found("bkt_images", "images"));
            case "texts", "bkt_texts" -> Optional.of(new BucketResolver.Found("bkt_texts", "texts"));
            default -> Optional.empty();
        };
    }

    private static ResponseEntity<Map<String, Object>> render(WaybillException failure) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", failure.code().wire());
        body.put("message", failure.getMessage());
        body.put("details", failure.details());
        return ResponseEntity.status(STATUS.get(failure.code().category().name()))
                .body(body);
    }

    @RestControllerAdvice
    @ConditionalOnProperty(ONLY_HERE)
    static class Advice {

        @ExceptionHandler
        ResponseEntity<Map<String, Object>> failed(WaybillException failure) {
            return render(failure);
        }
    }

    @RestController
    @ConditionalOnProperty(ONLY_HERE)
    static class Probe {

        @GetMapping("/v1/health")
        String health() {
            return "up";
        }

        @GetMapping("/v1/probe/caller")
        Map<String, Object> caller(Caller caller) {
            return Map.of("organization", caller.organization(), "key", caller.keyId());
        }

        @PostMapping("/v1/probe/write")
        Map<String, Object> write() {
            return Map.of();
        }

        @GetMapping("/v1/probe/scope")
        Map<String, Object> scope(Scope scope) {
            return Map.of("namespace", scope.namespace());
        }

        @DeleteMapping("/v1/probe/scope")
        Map<String, Object> deleteIn(Scope scope) {
            return Map.of("namespace", scope.namespace());
        }

        @GetMapping("/v1/probe/namespaces/{namespace_identifier}")
        Map<String, Object> namespace(@PathVariable("namespace_identifier") String identifier) {
            if (identifier.equals("nowhere")) {
                throw WaybillException.notFound("namespace", identifier);
            }
            return Map.of();
        }

        @GetMapping("/v1/probe/buckets/{bucket_identifier}")
        Map<String, Object> bucket(Scope scope, @PathVariable("bucket_identifier") String identifier) {
            if (identifier.equals("nowhere")) {
                throw WaybillException.notFound("bucket", identifier);
            }
            return Map.of();
        }
    }
}
