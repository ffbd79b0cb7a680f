package dev.waybill.platform.web.bodies;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses files that are sent as a form, to any path, and says where files go. The form itself is not read. */
public final class FormUploadFilter extends OncePerRequestFilter {

    static final String WHERE = "Files go to the presigned URL, not here: POST the upload's filename and"
            + " content_type as JSON, PUT the bytes to the presigned_url of the answer, then confirm the upload.";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isForm(request.getContentType())) {
            response.setHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
            throw new WaybillException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, WHERE, Map.of("supported", MediaType.APPLICATION_JSON_VALUE));
        }
        chain.doFilter(request, response);
    }

    private static boolean isForm(@Nullable String contentType) {
        return contentType != null
                && contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }
}
