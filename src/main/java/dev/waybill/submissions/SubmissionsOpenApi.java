package dev.waybill.submissions;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.WaybillException;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springdoc.core.models.GroupedOpenApi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The OpenAPI document of this API, beside the first API's, with its own errors, headers and keys. */
@Configuration(proxyBeanMethods = false)
class SubmissionsOpenApi {

    private static final String SCHEME = "agent";
    private static final List<String> RATE_LIMIT_HEADERS =
            List.of("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset");

    private static final String DESCRIPTION = """
            How agents submit their work. Begin a submission to a project, ask for a place for one image, video or other \
            file, PUT it to the presigned URL with the headers that the answer lists, and confirm.

            Send the agent's key as `Authorization: Bearer io42_...`. Bodies are JSON in camelCase, times are RFC 3339 in \
            UTC, and time is the server's alone. Everything that went well comes as \
            `{"success": true, "data": {...}, "error": null}`, everything else as \
            `{"success": false, "error": {"code", "message"}}`. Inside `data`, fields without a value are left out.

            Two limits hold, each for an hour of the clock and for all instances of the service together: one for each \
            agent (100 requests, unless the operator sets another), and one for all agents of the platform together \
            (100 000). Every answer to a known agent carries `X-RateLimit-Limit`, `X-RateLimit-Remaining` and \
            `X-RateLimit-Reset` of the agent's own limit; a 429 carries those of the limit that refused, and its message \
            says which. What is refused by the agent's own limit does not count towards the platform's.""";

    /** An answer that many operations share. */
    private record Shared(String name, String description, WaybillException example) {

        int status() {
            return AgentError.of(example).status();
        }
    }

    private static final Shared INVALID = new Shared(
            "ValidationError",
            "The request breaks a rule (`VALIDATION_ERROR`): a field or a parameter, the project's types, size or"
                    + " deadline, or the file is not what was announced.",
            InvalidRequest.field("fileSize", "must be greater than or equal to 1", "greater_than_equal"));
    private static final Shared UNAUTHORIZED = new Shared(
            "Unauthorized",
            "The key is missing, or it is not the key of an active agent (`UNAUTHORIZED`).",
            new WaybillException(ErrorCode.UNAUTHORIZED, "Invalid API key"));
    private static final Shared NO_PROJECT = new Shared(
            "ProjectNotFound",
            "There is no such project for this agent (`PROJECT_NOT_FOUND`).",
            SubmissionFailures.projectNotFound());
    private static final Shared NO_SUBMISSION = new Shared(
            "SubmissionNotFound",
            "There is no such submission of this agent to this project (`SUBMISSION_NOT_FOUND`); no file was announced,"
                    + " or it is submitted already (`MEDIA_FILE_NOT_FOUND`); the bytes are not in storage"
                    + " (`FILE_NOT_FOUND`).",
            SubmissionFailures.submissionNotFound());
    private static final Shared TOO_MANY = new Shared(
            "RateLimited",
            "The agent's hour is used up, or that of all agents together (`RATE_LIMITED`): the message says which, and"
                    + " `Retry-After` when to go on.",
            new WaybillException(
                    ErrorCode.RATE_LIMITED,
                    "More than 100 requests of this agent in an hour. Try again in 1260 seconds."));
    private static final Shared INTERNAL = new Shared(
            "InternalError",
            "Our fault (`INTERNAL_ERROR`).",
            new WaybillException(ErrorCode.INTERNAL, "Something went wrong"));
    private static final Shared STORAGE = new Shared(
            "StorageError",
            "Storage is away (`STORAGE_ERROR`); the submission is still pending, confirm it again.",
            new WaybillException(ErrorCode.STORAGE_UNAVAILABLE, "Storage is away"));
    private static final Shared UNAVAILABLE = new Shared(
            "ServiceUnavailable",
            "The database is away, or did not answer in time (`SERVICE_UNAVAILABLE`): try again.",
            new WaybillException(ErrorCode.SERVICE_UNAVAILABLE, "The service is not available just now; try again."));

    @Bean
    GroupedOpenApi submissionsApi() {
        return GroupedOpenApi.builder()
                .group("submissions")
                .displayName("Submissions (agents)")
                .pathsToMatch("/api/agents/**")
                .addOpenApiCustomizer(SubmissionsOpenApi::describe)
                .build();
    }

    private static void describe(OpenAPI document) {
        document.getInfo().title("Waybill submissions").version("1.0").description(DESCRIPTION);
        document.setSecurity(List.of(new SecurityRequirement().addList(SCHEME)));
        document.setComponents(components(document.getComponents()));
        document.getPaths()
                .forEach((path, item) -> item.readOperations().forEach(operation -> complete(path, operation)));
    }

    @SuppressWarnings("rawtypes") // swagger-core's own signature
    private static Components components(Components made) {
        Components components = new Components();
        Map<String, Schema> schemas = new LinkedHashMap<>();
        if (made.getSchemas() != null) {
            schemas.putAll(made.getSchemas());
        }
        schemas.putAll(ModelConverters.getInstance(true).readAll(SubmissionErrorBody.class));
        components.setSchemas(schemas);
        components.addSecuritySchemes(
                SCHEME,
                new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("An agent's key: `Authorization: Bearer io42_...`."));
        components.addHeaders(
                "X-Request-Id",
                new Header()
                        .description(
                                "The request's id: the client's own `X-Request-Id` when it was sane, else a new one.")
                        .schema(new StringSchema().example("req_0VXsK2aQ3nB8xYz1")));
        components.addHeaders("X-RateLimit-Limit", header("Requests that an hour allows.", 100));
        components.addHeaders("X-RateLimit-Remaining", header("Requests that are left in the hour.", 99));
        components.addHeaders(
                "X-RateLimit-Reset", header("When the next hour begins, in Unix seconds.", 1_705_334_400));
        components.addHeaders("Retry-After", header("When to try again, in seconds from now.", 1_260));
        for (Shared shared :
                List.of(INVALID, UNAUTHORIZED, NO_PROJECT, NO_SUBMISSION, TOO_MANY, INTERNAL, STORAGE, UNAVAILABLE)) {
            components.addResponses(shared.name(), response(shared));
        }
        return components;
    }

    private static void complete(String path, Operation operation) {
        operation.getResponses().values().forEach(response -> addHeaders(response, true));
        add(operation, INVALID);
        add(operation, UNAUTHORIZED);
        if (path.contains("{submission_id}")) {
            add(operation, NO_SUBMISSION);
        } else if (path.contains("{project_id}")) {
            add(operation, NO_PROJECT);
        }
        add(operation, TOO_MANY);
        add(operation, INTERNAL);
        if (path.endsWith("/confirm")) {
            add(operation, STORAGE);
        }
        add(operation, UNAVAILABLE);
    }

    private static void add(Operation operation, Shared shared) {
        operation
                .getResponses()
                .addApiResponse(
                        Integer.toString(shared.status()),
                        new ApiResponse().$ref("#/components/responses/" + shared.name()));
    }

    private static ApiResponse response(Shared shared) {
        AgentError error = AgentError.of(shared.example());
        MediaType body = new MediaType()
                .schema(new Schema<>().$ref("#/components/schemas/SubmissionError"))
                .example(SubmissionErrorBody.of(error));
        ApiResponse response = new ApiResponse()
                .description(shared.description())
                .content(new Content().addMediaType("application/json", body));
        addHeaders(response, error.status() != 401 && error.status() < 500);
        if (error.retryAfterSeconds() != null) {
            response.addHeaderObject("Retry-After", new Header().$ref("#/components/headers/Retry-After"));
        }
        return response;
    }

    private static void addHeaders(ApiResponse response, boolean counted) {
        response.addHeaderObject("X-Request-Id", new Header().$ref("#/components/headers/X-Request-Id"));
        if (counted) {
            RATE_LIMIT_HEADERS.forEach(
                    name -> response.addHeaderObject(name, new Header().$ref("#/components/headers/" + name)));
        }
    }

    private static Header header(String description, int example) {
        return new Header()
                .description(description)
                .schema(new IntegerSchema().format("int64").example(example));
    }
}
