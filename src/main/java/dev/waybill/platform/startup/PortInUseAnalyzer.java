package dev.waybill.platform.startup;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Names the variable that chooses the port; Spring Boot's own analyzer cannot know it. */
class PortInUseAnalyzer extends AbstractFailureAnalyzer<PortInUseException> implements Ordered {

    private final Environment environment;

    PortInUseAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable root, PortInUseException failure) {
        return new FailureAnalysis(
                "Port %d is taken by another program.".formatted(failure.getPort()),
                "Stop that program, or choose another port with %s.".formatted(variable(failure.getPort())),
                failure);
    }

    private String variable(int port) {
        return String.valueOf(port).equals(environment.getProperty("management.server.port"))
                ? "MANAGEMENT_SERVER_PORT"
                : "SERVER_PORT";
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
