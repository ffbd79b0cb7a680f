package dev.waybill.platform.web;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Answers requests that Tomcat refuses before any filter sees them, in the envelope instead of as a page of HTML. */
final class JsonErrorReportValve extends ErrorReportValve {

    private final JsonMapper json;
    private final IdGenerator ids;
    private final ObjectProvider<ErrorRenderers> renderers;

    JsonErrorReportValve(JsonMapper json, IdGenerator ids, ObjectProvider<ErrorRenderers> renderers) {
        this.json = json;
        this.ids = ids;
        this.renderers = renderers;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        super.invoke(request, response);
        if (response.getStatus() == HttpServletResponse.SC_REQUEST_TIMEOUT) {
            // Or Tomcat waits as long again for the rest of the body before it closes the connection.
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        SecurityHeadersFilter.setOn(response);
        String requestId = response.getHeader(RequestId.HEADER);
        if (requestId == null) {
            requestId = ids.next("req_");
            response.setHeader(RequestId.HEADER, requestId);
        }
        WaybillException failure = ContainerRefusal.of(request, status, throwable);
        if (wasRenderedByAnother(request, response, failure)) {
            return;
        }
        ErrorStatus errorStatus = ErrorStatus.of(failure.code().category());
        int better = ErrorStatus.codeFor(status) == failure.code() ? status : errorStatus.status();
        ErrorAnswer answer = ErrorAnswer.of(failure, new ErrorStatus(better, errorStatus.type()), requestId);
        response.setStatus(better);
        answer.headers().forEach(response::setHeader);
        write(response, json.writeValueAsBytes(answer.body()));
    }

    /** Whether the request was meant for an API with an envelope of its own, which then rendered it. */
    private boolean wasRenderedByAnother(Request request, Response response, WaybillException failure) {
        if (request.getRequestURI() == null) {
            return false; // the request line itself is broken: nobody knows for whom it was meant
        }
        try {
            if (renderers.getObject().renderByAnother(request, response, failure)) {
                response.finishResponse();
                return true;
            }
            return false;
        } catch (IOException | IllegalStateException e) {
            // The client is gone, or something was written before: there is nothing left to say.
            response.setSuspended(true);
            return true;
        }
    }

    private static void write(Response response, byte[] body) {
        try {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // The client is gone, or something was written before: there is nothing left to say.
            response.setSuspended(true);
        }
    }
}
