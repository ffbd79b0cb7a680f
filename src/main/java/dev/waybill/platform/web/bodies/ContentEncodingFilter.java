package dev.waybill.platform.web.bodies;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Decodes the {@code Content-Encoding} of requests: unpacks gzip, and refuses others. What comes out is bounded as what
 * comes in: a small body may hold a large one.
 */
public final class ContentEncodingFilter extends OncePerRequestFilter {

    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");
    private static final String PLAIN = "identity";

    private final DataSize limit;

    /** @param limit of the body as it is unpacked */
    public ContentEncodingFilter(DataSize limit) {
        this.limit = limit;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> packings = packings(request);
        if (packings.isEmpty()) {
            chain.doFilter(request, response);
        } else if (packings.size() == 1 && GZIP.contains(packings.getFirst())) {
            chain.doFilter(new LimitedRequest(new UnpackedRequest(request), limit), response);
        } else {
            response.setHeader(HttpHeaders.ACCEPT_ENCODING, "gzip, identity");
            throw new WaybillException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "A body may be packed as 'Content-Encoding: gzip', once, or not at all; not as '%s'."
                            .formatted(String.join(", ", packings)),
                    Map.of("supported", List.of("gzip", PLAIN)));
        }
    }

    private static List<String> packings(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)).stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .map(packing -> packing.strip().toLowerCase(Locale.ROOT))
                .filter(packing -> !packing.isEmpty() && !packing.equals(PLAIN))
                .toList();
    }

    private static final class UnpackedRequest extends BodyRequest {

        UnpackedRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        ServletInputStream open() throws IOException {
            return new UnpackedStream(getRequest().getInputStream());
        }
    }

    /** What breaks here is the packing: what breaks the connection was reported further out, in other exceptions. */
    private static final class UnpackedStream extends BodyStream {

        private final ServletInputStream packed;
        private @Nullable InputStream unpacked;

        UnpackedStream(ServletInputStream packed) {
            super(packed);
            this.packed = packed;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            try {
                if (unpacked == null) {
                    unpacked = unpacked(new PushbackInputStream(packed));
                }
                return unpacked.read(into, from, length);
            } catch (ZipException | EOFException broken) {
                throw new WaybillException(
                        ErrorCode.BAD_REQUEST,
                        "The body is not gzip, or not all of it, though its Content-Encoding says so.",
                        Map.of(),
                        broken);
            }
        }

        /** No body at all is none packed, too. */
        private static InputStream unpacked(PushbackInputStream packed) throws IOException {
            int first = packed.read();
            if (first < 0) {
                return InputStream.nullInputStream();
            }
            packed.unread(first);
            return new GZIPInputStream(packed);
        }
    }
}
