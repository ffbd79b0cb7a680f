package dev.waybill.platform.web.openapi;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.platform.web.RequestId;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/**
 * Adds to each operation of the first API what it shares with others, derived from its handler's arguments: the
 * namespace, the paging, the errors and the headers. What a controller declares itself stays.
 */
@Component
class CommonOperationParts implements OperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        operation.setOperationId(operationId(method));
        if (!path(method).startsWith("/v1/")) {
            return operation;
        }
        boolean open = isOpen(method);
        if (open) {
            operation.setSecurity(List.of());
        }
        if (takes(method, Scope.class)) {
            CommonParts.namespaceParameters().forEach(operation::addParametersItem);
        }
        ListFieldParameters.of(method).forEach(operation::addParametersItem);
        if (takes(method, ListParameters.class)) {
            CommonParts.listParameters().forEach(operation::addParametersItem);
        }
        ApiResponses responses = operation.getResponses() == null ? new ApiResponses() : operation.getResponses();
        operation.setResponses(responses);
        responses.values().forEach(response -> addHeaders(response, open));
        CommonErrors.CODES.forEach(code -> completeError(responses, code));
        errors(method, open).forEach(code -> addError(responses, code));
        return operation;
    }

    /** Whatever the method's @Operation says, else what the method does with what the controller is named after. */
    private static String operationId(HandlerMethod method) {
        var described = method.getMethodAnnotation(io.swagger.v3.oas.annotations.Operation.class);
        if (described != null && !described.operationId().isEmpty()) {
            return described.operationId();
        }
        String controller = method.getBeanType().getSimpleName().replaceFirst("Controller$", "");
        return method.getMethod().getName() + controller;
    }

    private static boolean isOpen(HandlerMethod method) {
        SecurityRequirements own =
                AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), SecurityRequirements.class);
        SecurityRequirements all =
                AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), SecurityRequirements.class);
        SecurityRequirements effective = own == null ? all : own;
        return effective != null && effective.value().length == 0;
    }

    private static List<ErrorCode> errors(HandlerMethod method, boolean open) {
        boolean scoped = takes(method, Scope.class);
        boolean list = takes(method, ListParameters.class);
        boolean body = hasAnnotated(method, RequestBody.class);
        List<ErrorCode> codes = new ArrayList<>();
        codes.add(ErrorCode.BAD_REQUEST);
        addIf(codes, !open, ErrorCode.UNAUTHORIZED);
        addIf(codes, !open, ErrorCode.FORBIDDEN);
        addIf(codes, scoped || hasAnnotated(method, PathVariable.class), ErrorCode.NOT_FOUND);
        addIf(codes, !open && changes(method), ErrorCode.CONFLICT);
        addIf(codes, body, ErrorCode.PAYLOAD_TOO_LARGE);
        addIf(codes, body, ErrorCode.UNSUPPORTED_MEDIA_TYPE);
        addIf(codes, body || list || hasAnnotated(method, RequestParam.class), ErrorCode.VALIDATION);
        addIf(codes, !open, ErrorCode.RATE_LIMITED);
        codes.add(ErrorCode.INTERNAL);
        codes.add(ErrorCode.SERVICE_UNAVAILABLE);
        return codes;
    }

    private static void addIf(List<ErrorCode> codes, boolean applies, ErrorCode code) {
        if (applies) {
            codes.add(code);
        }
    }

    /** Gives the envelope to an error that the controller describes itself. */
    private static void completeError(ApiResponses responses, ErrorCode code) {
        ApiResponse own = responses.get(Integer.toString(CommonErrors.status(code)));
        if (own != null && own.get$ref() == null) {
            own.setContent(CommonParts.errorContent(code, own.getContent()));
        }
    }

    private static void addError(ApiResponses responses, ErrorCode code) {
        responses.computeIfAbsent(
                Integer.toString(CommonErrors.status(code)),
                status -> new ApiResponse().$ref("#/components/responses/" + CommonErrors.name(code)));
    }

    private static void addHeaders(ApiResponse response, boolean open) {
        if (response.get$ref() != null) {
            return;
        }
        response.addHeaderObject(RequestId.HEADER, CommonParts.headerReference(RequestId.HEADER));
        if (!open) {
            CommonParts.RATE_LIMIT_HEADERS.forEach(
                    name -> response.addHeaderObject(name, CommonParts.headerReference(name)));
        }
    }

    private static boolean changes(HandlerMethod method) {
        RequestMapping mapping = mapping(method);
        boolean reads = mapping == null || Arrays.asList(mapping.method()).contains(RequestMethod.GET);
        return !reads && !path(method).endsWith("/list");
    }

    private static String path(HandlerMethod method) {
        RequestMapping mapping = mapping(method);
        return mapping == null || mapping.path().length == 0 ? "" : mapping.path()[0];
    }

    private static @Nullable RequestMapping mapping(HandlerMethod method) {
        return AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
    }

    private static boolean takes(HandlerMethod method, Class<?> type) {
        return Arrays.stream(method.getMethodParameters()).anyMatch(parameter -> parameter.getParameterType() == type);
    }

    private static boolean hasAnnotated(HandlerMethod method, Class<? extends Annotation> annotation) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(annotation));
    }
}
