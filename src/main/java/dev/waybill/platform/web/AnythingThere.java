package dev.waybill.platform.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Answers reads with {@code If-None-Match: *}, which want something only where nothing is: 304 where there is (RFC 9110
 * 13.1.2), and what is missing or refused is told as ever.
 */
@ControllerAdvice
class AnythingThere implements ResponseBodyAdvice<Object> {

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        boolean reads = List.of(HttpMethod.GET, HttpMethod.HEAD).contains(request.getMethod());
        if (!reads
                || !request.getHeaders().getIfNoneMatch().equals(List.of("*"))
                || !(response instanceof ServletServerHttpResponse answer)
                || answer.getServletResponse().getStatus() != HttpStatus.OK.value()) {
            return body;
        }
        response.setStatusCode(HttpStatus.NOT_MODIFIED);
        return null;
    }
}
