package dev.waybill.platform.web;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Normalizes paths for clients whose base URL ends in a slash, so that paths begin with one too many:
 * {@code //v1/buckets} and {@code /v1//buckets} are {@code /v1/buckets}. Slashes further on are left: there a name is
 * missing, and without it the path could be that of something else. Which filters a request passes, the container
 * decides by the same path, as it joins slashes too.
 *
 * <p>A semicolon begins what servers drop, so {@code DELETE .../a;b} would delete {@code a}: it is refused.
 *
 * <p>What is percent-encoded and no UTF-8, such as the overlong {@code %C0%80}, would be read as letters that nobody
 * sent, so it is refused.
 */
final class PlainPathFilter extends OncePerRequestFilter {

    private static final Pattern BASE = Pattern.compile("^/+(v1/(?=/))?/*");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        requireUtf8("path", request.getRequestURI());
        requireUtf8("query string", request.getQueryString());
        requireWholeNames(request.getRequestURI());
        chain.doFilter(request.getRequestURI().contains("//") ? new PlainRequest(request) : request, response);
    }

    private static void requireWholeNames(String path) {
        if (path.indexOf(';') >= 0) {
            throw new WaybillException(
                    ErrorCode.BAD_REQUEST, "A ';' in a path must be percent-encoded: send %3B where a name holds one.");
        }
    }

    private static void requireUtf8(String what, @Nullable String encoded) {
        if (encoded != null && encoded.indexOf('%') >= 0 && !isUtf8(encoded)) {
            throw new WaybillException(
                    ErrorCode.BAD_REQUEST,
                    "The %s is not percent-encoded UTF-8: encode each letter as the bytes of its UTF-8 form."
                            .formatted(what));
        }
    }

    /** Whether the bytes are UTF-8; of a percent sign without two digits others say what is wrong. */
    private static boolean isUtf8(String encoded) {
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char letter = encoded.charAt(i);
            if (letter == '%'
                    && i + 2 < encoded.length()
                    && HexFormat.isHexDigit(encoded.charAt(i + 1))
                    && HexFormat.isHexDigit(encoded.charAt(i + 2))) {
                bytes.put((byte) HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                i += 2;
            } else {
                bytes.put((byte) (letter < 0x80 ? letter : '?'));
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static final class PlainRequest extends HttpServletRequestWrapper {

        PlainRequest(HttpServletRequest request) {
            super(request);
        }

        /** Computed anew each time: where the request is forwarded it has another. */
        @Override
        public String getRequestURI() {
            return BASE.matcher(super.getRequestURI()).replaceFirst("/$1");
        }

        @Override
        public StringBuffer getRequestURL() {
            StringBuffer url = super.getRequestURL();
            url.setLength(url.length() - super.getRequestURI().length());
            return url.append(getRequestURI());
        }
    }
}
