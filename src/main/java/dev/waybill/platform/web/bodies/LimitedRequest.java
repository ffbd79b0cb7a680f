package dev.waybill.platform.web.bodies;

import dev.waybill.platform.deadline.RequestDeadline;
import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.util.unit.DataSize;

/** A request whose body is counted as it comes in, and whose broken body is reported as the client's fault. */
final class LimitedRequest extends BodyRequest {

    private final DataSize limit;

    LimitedRequest(HttpServletRequest request, DataSize limit) {
        super(request);
        this.limit = limit;
    }

    @Override
    ServletInputStream open() throws IOException {
        return new LimitedStream(getRequest().getInputStream());
    }

    private WaybillException broken(IOException failure) {
        WaybillException error = BrokenBody.of(failure);
        // Tomcat dispatches to the error page with what it saw itself, which there nobody could distinguish from our
        // own faults.
        setAttribute(RequestDispatcher.ERROR_EXCEPTION, error);
        return error;
    }

    private final class LimitedStream extends BodyStream {

        private final ServletInputStream in;
        private long count;

        LimitedStream(ServletInputStream in) {
            super(in);
            this.in = in;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            int read;
            try (RequestDeadline.Section ignored = RequestDeadline.uncounted()) {
                read = in.read(into, from, length);
            } catch (IOException failure) {
                throw broken(failure);
            }
            count += Math.max(0, read);
            if (count > limit.toBytes()) {
                throw BodyLimitFilter.tooLarge(limit);
            }
            return read;
        }
    }
}
