package dev.waybill.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebProbe
class AccessLogTests {

    @LocalServerPort
    int port;

    final Logger log = (Logger) LoggerFactory.getLogger("dev.waybill");
    final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(lines);
    }

    @Test
    void aRequestIsOneLineWithWhatItWasAbout() {
        new Http(port).get("/v1/probe/named/secret%20name", "X-Request-Id", "log-1", "X-Namespace", "production");

        ILoggingEvent line = line("log-1", "dev.waybill.access");
        Map<String, Object> values =
                line.getKeyValuePairs().stream().collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
        assertThat(values)
                .containsEntry("method", "GET")
                .containsEntry("path", "/v1/probe/named/{name}")
                .containsEntry("status", 200)
                .containsKey("duration_ms");
        assertThat(line.getMDCPropertyMap()).containsEntry("namespace", "production");
    }

    @Test
    void theCauseOfAnInternalErrorIsLoggedWithTheRequest() {
        new Http(port).get("/v1/probe/fails/boom", "X-Request-Id", "log-2");

        ILoggingEvent line = line("log-2", ErrorRenderers.class.getName());
        assertThat(line.getThrowableProxy().getMessage()).isEqualTo("secret of the controller");
        assertThat(line.getFormattedMessage()).contains("log-2").contains("/v1/probe/fails/{how}");
    }

    @Test
    void anUploadInThePathIsMarked() {
        new Http(port).get("/v1/probe/uploads/upl_abc/none", "X-Request-Id", "log-3", "X-Namespace", "a b\tc");

        assertThat(line("log-3", "dev.waybill.access").getMDCPropertyMap())
                .containsEntry("upload_id", "upl_abc")
                .doesNotContainKey("namespace");
    }

    private ILoggingEvent line(String requestId, String logger) {
        return await().until(
                        () -> java.util.List.copyOf(lines.list).stream()
                                .filter(event -> event.getLoggerName().equals(logger)
                                        && requestId.equals(
                                                event.getMDCPropertyMap().get("request_id")))
                                .findFirst()
                                .orElse(null),
                        java.util.Objects::nonNull);
    }
}
