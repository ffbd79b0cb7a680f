package dev.waybill.platform.web.openapi;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.web.ErrorResponse;
import dev.waybill.platform.web.RequestId;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shared components that operations refer to: headers, parameters, error answers, the way to authenticate. */
final class CommonParts {

    static final String SECURITY_SCHEME = "bearer";
    private static final String JSON = "application/json";
    static final List<String> RATE_LIMIT_HEADERS =
            List.of("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-RateLimit-Window");
    /** Statuses that are also answered before a request is counted against a limit, or without one. */
    private static final Set<Integer> MAYBE_UNCOUNTED = Set.of(401, 413, 500, 503);

    private CommonParts() {}

    static Components components() {
        Components components = new Components()
                .addSecuritySchemes(
                        SECURITY_SCHEME,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("An API key: `Authorization: Bearer sk_...`."));
        headers().forEach(components::addHeaders);
        for (ErrorCode code : CommonErrors.CODES) {
            components.addResponses(CommonErrors.name(code), response(code));
        }
        return components;
    }

    /** The schemas of the error envelope; they are made once the converters are in place. */
    @SuppressWarnings("rawtypes") // swagger-core's own signature
    static Map<String, Schema> errorSchemas() {
        return ModelConverters.getInstance(true).readAll(ErrorResponse.class);
    }

    /** The body of an error answer. */
    static Content errorContent(ErrorCode code) {
        return new Content().addMediaType(JSON, error().example(CommonErrors.example(code)));
    }

    /**
     * The body of an error answer that a controller describes itself: with its example, or else the common one.
     * Whatever schema it came with is the one of the method's success.
     */
    static Content errorContent(ErrorCode code, @Nullable Content own) {
        Collection<MediaType> types = own == null ? List.of() : own.values();
        return types.stream()
                .filter(type -> type.getExample() != null)
                .findFirst()
                .map(type -> new Content().addMediaType(JSON, error().example(type.getExample())))
                .orElseGet(() -> errorContent(code));
    }

    private static MediaType error() {
        return new MediaType().schema(new Schema<>().$ref("#/components/schemas/ErrorResponse"));
    }

    static Header headerReference(String name) {
        return new Header().$ref("#/components/headers/" + name);
    }

    private static Map<String, Header> headers() {
        Map<String, Header> headers = new LinkedHashMap<>();
        headers.put(
                RequestId.HEADER,
                header(
                        new StringSchema().example("req_0VXsK2aQ3nB8xYz1"),
                        "The request's id: the client's own `X-Request-Id` when it was sane, else a new one."));
        headers.put("X-RateLimit-Limit", header(integer("600"), "Requests that the window allows."));
        headers.put("X-RateLimit-Remaining", header(integer("599"), "Requests that are left in the window."));
        headers.put("X-RateLimit-Reset", header(integer("1767225600"), "When the window ends, in Unix seconds."));
        headers.put("X-RateLimit-Window", header(integer("60"), "The window's length in seconds."));
        headers.put("Retry-After", header(integer("5"), "When to try again, in seconds from now."));
        headers.put("WWW-Authenticate", header(new StringSchema().example("Bearer"), "How to authenticate."));
        return headers;
    }

    private static Header header(Schema<?> schema, String description) {
        return new Header().schema(schema).description(description);
    }

    private static Schema<?> integer(String example) {
        return new IntegerSchema().format("int64").example(Long.valueOf(example));
    }

    /** New ones each time: they stand in the operations themselves, since some clients do not follow references. */
    static List<Parameter> namespaceParameters() {
        return List.of(
                new HeaderParameter()
                        .name("X-Namespace")
                        .schema(new StringSchema())
                        .example("production")
                        .description(
                                "The namespace, by id (`ns_...`) or name. Needed unless `?namespace=` is given, or the key has access to one namespace only."),
                new QueryParameter()
                        .name("namespace")
                        .schema(new StringSchema())
                        .example("production")
                        .description("The namespace, by id or name, for clients that cannot send `X-Namespace`."));
    }

    /** New ones each time, as {@link #namespaceParameters}. */
    static List<Parameter> listParameters() {
        return List.of(
                page("limit", 1, ListQuery.MAX_LIMIT, 20, "At most so many rows."),
                page(
                        "offset",
                        0,
                        ListQuery.MAX_OFFSET,
                        20,
                        "Rows to skip; `skip` is the same. Use `cursor` to go through a long list."),
                page("page_size", 1, ListQuery.MAX_LIMIT, 20, "The same as `limit`."),
                page("page", 1, ListQuery.MAX_OFFSET + 1, 2, "The number of the page, from 1, instead of `offset`."),
                new QueryParameter()
                        .name("cursor")
                        .schema(new StringSchema())
                        .example("eyJzIjoiMjAyNiJ9")
                        .description("Where the page before ended: its `pagination.next_cursor`."),
                new QueryParameter()
                        .name("include_total")
                        .schema(new BooleanSchema()._default(false))
                        .example(true)
                        .description("Whether all rows are counted: `pagination.total` and `total_pages`."));
    }

    private static Parameter page(String name, int min, int max, int example, String description) {
        Schema<?> schema = new IntegerSchema().minimum(BigDecimal.valueOf(min)).maximum(BigDecimal.valueOf(max));
        return new QueryParameter().name(name).schema(schema).example(example).description(description);
    }

    private static ApiResponse response(ErrorCode code) {
        ApiResponse response = new ApiResponse()
                .description(CommonErrors.description(code))
                .content(errorContent(code))
                .addHeaderObject(RequestId.HEADER, headerReference(RequestId.HEADER));
        int status = CommonErrors.status(code);
        if (status == 401) {
            response.addHeaderObject("WWW-Authenticate", headerReference("WWW-Authenticate"));
        }
        if (status == 429 || status == 503) {
            response.addHeaderObject("Retry-After", headerReference("Retry-After"));
        }
        if (!MAYBE_UNCOUNTED.contains(status)) {
            RATE_LIMIT_HEADERS.forEach(name -> response.addHeaderObject(name, headerReference(name)));
        }
        return response;
    }
}
