package dev.waybill.idempotency;

import dev.waybill.auth.RequiredPermissions;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.Arrays;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/** Adds the header {@code Idempotency-Key} to every operation of the OpenAPI document that supports it. */
@Component
class IdempotencyDescription implements OperationCustomizer, OpenApiCustomizer {

    private final RequiredPermissions needed;

    IdempotencyDescription(RequiredPermissions needed) {
        this.needed = needed;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        if (!isPost(method) || !IdempotencyInterceptor.covers(needed, method)) {
            return operation;
        }
        operation.addParametersItem(parameter());
        if (operation.getResponses() != null) {
            operation.getResponses().forEach((status, response) -> {
                if (status.startsWith("2")) {
                    response.addHeaderObject(
                            IdempotencyInterceptor.REPLAYED,
                            new Header().$ref("#/components/headers/" + IdempotencyInterceptor.REPLAYED));
                }
            });
        }
        return operation;
    }

    @Override
    public void customise(OpenAPI document) {
        document.getComponents()
                .addHeaders(
                        IdempotencyInterceptor.REPLAYED,
                        new Header()
                                .schema(new StringSchema()
                                        ._enum(List.of("true"))
                                        .example("true"))
                                .description("There when the answer is that of an earlier request with the same"
                                        + " `Idempotency-Key`."));
    }

    private static Parameter parameter() {
        return new HeaderParameter()
                .name(IdempotencyKey.HEADER)
                .schema(new StringSchema().minLength(1).maxLength(IdempotencyKey.MAX_LENGTH))
                .example("4f1f8a52-6c1e-4b0e-9a8e-3f0f7c1d2b90")
                .description(
                        "Makes it safe to send the request again: for 24 hours the same key, method, path, `X-Namespace` and body are"
                                + " answered as the first time, and nothing is done twice. 1 to 255 visible ASCII"
                                + " characters, such as a UUID for each request; it belongs to the API key that sends it."
                                + " With another request it is 422. While the first request runs, the second waits, and"
                                + " is told 409 with `Retry-After` after 2 seconds. Errors are not kept. URLs in an answer"
                                + " may have expired when it is given again.");
    }

    private static boolean isPost(HandlerMethod method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        return mapping != null && Arrays.asList(mapping.method()).contains(RequestMethod.POST);
    }
}
