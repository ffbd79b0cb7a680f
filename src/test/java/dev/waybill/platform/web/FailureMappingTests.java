package dev.waybill.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.errors.ErrorCategory;
import dev.waybill.platform.errors.ErrorCode;
import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import tools.jackson.databind.json.JsonMapper;

class FailureMappingTests {

    private final FailureMapping failureMapping = new FailureMapping(List.of());
    private final EnvelopeRenderer envelope = new EnvelopeRenderer(new JsonMapper());
    private final ErrorRenderers renderers = new ErrorRenderers(List.of(envelope), envelope);

    @Test
    void aClientThatWentAwayIsNotAnswered() throws IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();

        new FailureAdvice(failureMapping, renderers)
                .render(new ClientAbortException("broken pipe"), new MockHttpServletRequest(), response);

        assertThat(response.getContentAsByteArray()).isEmpty();
    }

    @Test
    void anAnswerThatIsOnItsWayIsLeftAlone() throws IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        response.getOutputStream().write('x');
        response.flushBuffer();

        renderers.render(new MockHttpServletRequest(), response, failureMapping.translate(new IOException("secret")));

        assertThat(response.getContentAsString()).isEqualTo("x");
    }

    @Test
    void aTimeOutIsMapped() {
        assertThat(failureMapping.translate(new AsyncRequestTimeoutException()).code())
                .isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "400, BAD_REQUEST",
        "401, UNAUTHORIZED",
        "404, NO_SUCH_PATH",
        "409, CONFLICT",
        "414, URI_TOO_LONG",
        "429, RATE_LIMITED",
        "500, INTERNAL",
        "501, INTERNAL",
        "503, SERVICE_UNAVAILABLE"
    })
    void aBareStatusGetsTheCodeThatFits(int status, ErrorCode code) {
        assertThat(ErrorStatus.codeFor(status)).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(ErrorCategory.class)
    void everyCategoryHasAStatusAndAName(ErrorCategory category) {
        assertThat(ErrorStatus.of(category).status()).isBetween(400, 505);
        assertThat(ErrorStatus.of(category).type()).endsWith("Error");
    }
}
